import { Duration } from 'cdk8s';
import { WorkloadApiSocket } from '../../cluster';

/**
 * A SPIRE that the Helm chart `spire` of helm-charts-hardened has installed. The defaults are those of the chart.
 */
export interface SpireHelmReleaseProps {
  /**
   * The name of the release.
   */
  readonly release: string;

  /**
   * The namespace of the release.
   */
  readonly namespace: string;

  /**
   * The namespace of server and controller manager. With `global.spire.recommendations` it is `spire-server`.
   *
   * @default - that of the release
   */
  readonly serverNamespace?: string;

  /**
   * The namespace of agents and CSI driver. With `global.spire.recommendations` it is `spire-system`.
   *
   * @default - that of the release
   */
  readonly agentNamespace?: string;

  /**
   * Where the Workload API socket is: `spire-agent.socketPath` and `spiffe-csi-driver.pluginName`.
   *
   * @default - `/run/spire/agent-sockets/spire-agent.sock`, mounted by `csi.spiffe.io`
   */
  readonly socket?: WorkloadApiSocket;

  /**
   * The class of the controller manager: `spire-server.controllerManager.className`.
   *
   * @default - `<namespace>-<release>`
   */
  readonly className?: string;

  /**
   * How long a certificate of the server's CA is valid: `spire-server.caTTL`.
   *
   * @default - 24 hours
   */
  readonly caTtl?: Duration;
}

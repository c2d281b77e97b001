import { requireProps } from '../../../../../identity/require-props';
import { requireHost, requirePort, requireSocketPath } from '../../../input';
import { UPSTREAM_SOCKET } from '../../../nested/nested-names';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { SPIRE_PORTS } from '../../../ports';

/**
 * Another SPIRE server of the same trust domain as certificate authority.
 */
export interface SpireUpstreamProps extends PluginOptions {
  /**
   * The host of the upstream server.
   */
  readonly serverAddress: string;

  /**
   * The port of the upstream server.
   *
   * @default - 8081
   */
  readonly serverPort?: number;

  /**
   * The Workload API socket of the agent that knows this server as a downstream one.
   *
   * It has to be in the pod: give `csiDriver`, or patch the StatefulSet.
   *
   * @default - `/run/spire/upstream/spire-agent.sock`
   */
  readonly workloadApiSocket?: string;

  /**
   * The CSI driver that mounts the directory of `workloadApiSocket`.
   *
   * @default - nothing is mounted
   */
  readonly csiDriver?: string;

  /**
   * Whether only key exchanges that withstand quantum computers are used. Experimental.
   *
   * @default - false
   */
  readonly requirePqKem?: boolean;
}

/**
 * The plugin spire.
 */
export function spire(props: SpireUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.spire', props, { serverAddress: 'text' });
  requireHost('serverAddress', props.serverAddress);
  requirePort('serverPort', props.serverPort);
  const socket = props.workloadApiSocket ?? UPSTREAM_SOCKET;
  requireSocketPath('workloadApiSocket', socket);
  return {
    type: 'UpstreamAuthority',
    name: 'spire',
    configure: (data, pod) => {
      if (props.csiDriver !== undefined) {
        pod.volumes.push({ name: 'upstream-agent', csi: { driver: props.csiDriver, readOnly: true } });
        pod.volumeMounts.push({ name: 'upstream-agent', mountPath: socket.slice(0, socket.lastIndexOf('/')), readOnly: true });
      }
      pod.network.call('upstream SPIRE server', props.serverAddress, props.serverPort ?? SPIRE_PORTS.serverApi);
      data.attributes({
        server_address: props.serverAddress, server_port: String(props.serverPort ?? SPIRE_PORTS.serverApi), workload_api_socket: socket,
      });
      if (props.requirePqKem !== undefined) {
        data.block('experimental').attributes({ require_pq_kem: props.requirePqKem });
      }
      writeRawData(data, props.additionalData, ['experimental']);
    },
  };
}

import { compilesInGo } from '../../../formats/go-regexp';
import { requirePort, requireSome, requireTexts } from '../input';
import { NodeAttestorSides } from './sides';
import { requireProps } from '../../../identity/require-props';
import { PluginOptions } from '../plugins/plugin-options';
import { writeRawData } from '../plugins/raw-data';

/**
 * Node attestation by a call back to the host name of the agent.
 */
export interface HttpChallengeProps extends PluginOptions {
  /**
   * The regular expressions of which a host name has to match one.
   */
  readonly allowedDnsPatterns: string[];

  /**
   * The only port that agents may use.
   *
   * @default - every port, see `allowNonRootPorts`
   */
  readonly requiredPort?: number;

  /**
   * Whether agents may use ports from 1024 on.
   *
   * @default - true
   */
  readonly allowNonRootPorts?: boolean;

  /**
   * Whether the first agent of a host name stays the only one. False takes ports below 1024.
   *
   * @default - true
   */
  readonly tofu?: boolean;

  /**
   * The host name of the agents of this cluster.
   *
   * @default - each agent finds its own
   */
  readonly hostname?: string;

  /**
   * The name of the agent, for several agents on one host.
   *
   * @default - default
   */
  readonly agentName?: string;

  /**
   * The port at which the agents of this cluster answer, on their node too.
   *
   * @default - a random one
   */
  readonly port?: number;

  /**
   * The port that the server has to call, where something forwards it.
   *
   * @default - the same as `port`
   */
  readonly advertisedPort?: number;
}

/**
 * The node attestor http_challenge.
 */
export function httpChallenge(props: HttpChallengeProps): NodeAttestorSides {
  requireProps('NodeAttestor.httpChallenge', props, { allowedDnsPatterns: 'text[]' });
  requireSome('allowedDnsPatterns', props.allowedDnsPatterns).forEach(requirePattern);
  requirePort('requiredPort', props.requiredPort);
  requirePort('port', props.port);
  requirePort('advertisedPort', props.advertisedPort);
  requireTexts({ hostname: props.hostname, agentName: props.agentName });
  const rootPorts = props.allowNonRootPorts === false || (props.requiredPort ?? 1024) < 1024;
  if (props.tofu === false && !rootPorts) {
    throw new Error('tofu false is not possible when any user of a host can answer: set allowNonRootPorts to false, or requiredPort below 1024');
  }
  const called = props.advertisedPort ?? props.port;
  if (called !== undefined && props.requiredPort !== undefined && called !== props.requiredPort) {
    throw new Error(`port ${called} is not the requiredPort ${props.requiredPort}: no agent of this cluster could attest, make them equal`);
  }
  return {
    name: 'http_challenge',
    reattests: props.tofu === false,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'http_challenge',
      configure: (data, pod) => {
        const port = props.requiredPort;
        pod.network.callUnnamed('hosts of agents', [port === undefined ? { port: 1, endPort: props.allowNonRootPorts === false ? 1023 : 65535 } : { port }]);
        data.attributes({
          allowed_dns_patterns: props.allowedDnsPatterns,
          required_port: props.requiredPort,
          allow_non_root_ports: props.allowNonRootPorts,
          tofu: props.tofu,
        });
        writeRawData(data, props.additionalData, ['required_port', 'allow_non_root_ports', 'tofu']);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'http_challenge',
      configure: (data, pod) => {
        if (props.port !== undefined) {
          pod.ports.push({ name: 'attestation', containerPort: props.port, hostPort: props.port, protocol: 'TCP' });
          // the server calls the port of the node, so its own address may be hidden
          pod.network.answer(props.port, undefined);
        }
        data.attributes({
          hostname: props.hostname,
          agentname: props.agentName,
          port: props.port,
          advertised_port: props.advertisedPort,
        });
      },
    }),
  };
}

function requirePattern(pattern: string): void {
  if (!compilesInGo(pattern)) {
    throw new Error(`allowedDnsPatterns has '${pattern}', which is no regular expression of Go: use one such as '.*\\\\.example\\\\.org'`);
  }
}

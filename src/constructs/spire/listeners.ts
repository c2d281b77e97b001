import { prometheusPort } from './config-text';
import { SPIRE_PORTS } from './ports';
import { Profiling } from './telemetry/profiling';
import { SpireTelemetry } from './telemetry/telemetry';

/**
 * Something that listens in a pod: what it is for people, or the property that moves it.
 */
interface Listener {
  readonly name: string;
  readonly port?: number;
}

interface MovableListeners {
  readonly healthPort?: number;
  readonly telemetry?: SpireTelemetry;
  readonly profiling?: Profiling;
}

const SERVER_LISTENERS: Listener[] = [
  { name: 'the API of the server', port: SPIRE_PORTS.serverApi },
  { name: 'the webhook', port: SPIRE_PORTS.webhook },
  { name: 'the metrics of the controller manager', port: SPIRE_PORTS.controllerManagerMetrics },
  { name: 'the health of the controller manager', port: SPIRE_PORTS.controllerManagerHealth },
];

/**
 * Refuses two listeners of a server's pod on one port: the one that starts second would end the whole program.
 *
 * @param props where the movable ones listen
 * @param pluginPorts what plugins listen on
 */
export function requireDistinctServerPorts(props: MovableListeners, pluginPorts: object[]): void {
  requireDistinct([...SERVER_LISTENERS, ...pluginListeners(pluginPorts), ...movable(props)]);
}

/**
 * Refuses two listeners of an agent's pod on one port.
 *
 * @param props where the movable ones listen
 * @param pluginPorts what plugins listen on
 */
export function requireDistinctAgentPorts(props: MovableListeners, pluginPorts: object[]): void {
  requireDistinct([...pluginListeners(pluginPorts), ...movable(props)]);
}

function pluginListeners(ports: object[]): Listener[] {
  return ports.map((each: any) => ({ name: `the ${each.name} endpoint`, port: each.containerPort }));
}

function movable({ healthPort, telemetry, profiling }: MovableListeners): Listener[] {
  return [
    { name: 'healthPort', port: healthPort ?? SPIRE_PORTS.health },
    { name: 'prometheusPort', port: prometheusPort(telemetry) },
    { name: 'the port of profiling', port: profiling?.port },
  ];
}

function requireDistinct(listeners: Listener[]): void {
  const taken = new Map<number, string>();
  for (const { name, port } of listeners) {
    if (port === undefined) {
      continue;
    }
    if (taken.has(port)) {
      throw new Error(`${name} ${port} is taken by ${taken.get(port)}: use a port other than ${[...taken.keys()].join(', ')}`);
    }
    taken.set(port, name);
  }
}

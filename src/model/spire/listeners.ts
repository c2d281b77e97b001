import { Agent, Server } from './discovery';
import { managersOf } from './managers';
import { isUnknown } from './queries';
import { Block } from '../../formats/hcl/reader';
import { asObject, asText } from '../manifest';
import { System } from '../system';

/** A port that a program listens on. */
export interface Listener {
  readonly what: string;
  readonly address: string;
  readonly port: number;
  readonly line: number;
}

/** The ports on which a server or an agent listens, as far as its file tells. */
export function listenersOf(program: Server | Agent): Listener[] {
  const { config } = program;
  if (!config) return [];
  const health = config.file.block('health_checks');
  const prometheus = config.file.block('telemetry')?.block('Prometheus');
  const own = config.kind === 'server' ? serverListeners(config.server) : [];
  return [
    ...own,
    ...health?.bool('listener_enabled') ? [listener('health_checks', health, 'bind_address', 'localhost', 'bind_port', 80)] : [],
    ...prometheus ? [listener('Prometheus', prometheus, 'host', 'localhost', 'port', undefined)] : [],
  ].filter(({ port, address }) => port > 0 && !isUnknown(address));
}

function serverListeners(server: Block): Listener[] {
  const endpoint = server.block('federation')?.block('bundle_endpoint');
  return [
    listener('server', server, 'bind_address', '0.0.0.0', 'bind_port', 8081),
    ...endpoint ? [listener('bundle_endpoint', endpoint, 'address', '0.0.0.0', 'port', undefined)] : [],
  ];
}

function listener(what: string, block: Block, address: string, anyAddress: string, port: string, otherwise: number | undefined): Listener {
  // the health checks have their port as a text
  const given = Number(block.int(port) ?? otherwise ?? 0);
  return { what, address: block.text(address) || anyAddress, port: given, line: block.at(port).line };
}

/** The ports on which the controller managers beside a server listen. */
export function managerListeners(system: System, server: Server): Listener[] {
  return (server.workload ? managersOf(system, server.workload) : []).flatMap(({ value }) => {
    // controller-runtime takes a port where none is given
    const metrics = asText(asObject(value.metrics).bindAddress) || ':8080';
    const health = asText(asObject(value.health).healthProbeBindAddress);
    return [['the metrics of the controller manager', metrics], ['the health of the controller manager', health]].flatMap(([what, text]) => {
      const [, address, port] = /^(.*):(\d+)$/.exec(text) ?? [];
      return port === undefined ? [] : [{ what, address: address || '0.0.0.0', port: Number(port), line: 0 }];
    });
  });
}

/** Whether two listeners are in each other's way. */
export function collide(one: Listener, other: Listener): boolean {
  const isAny = ({ address }: Listener): boolean => ['0.0.0.0', '::', '[::]'].includes(address);
  const host = ({ address }: Listener): string => (address === 'localhost' ? '127.0.0.1' : address);
  return one.port === other.port && (isAny(one) || isAny(other) || host(one) === host(other));
}

/** Whether a program may listen where its own settings do not tell: by a plugin, a broker, or to be profiled. */
export function hiddenListeners({ config }: Server | Agent): boolean {
  if (!config) return true;
  const main = config.kind === 'server' ? config.server : config.agent;
  return main.bool('profiling_enabled') || main.block('experimental')?.has('broker') === true
    || config.plugins.some(({ name, external }) => external || name === 'http_challenge');
}

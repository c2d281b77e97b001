import { index } from '../clusters';
import { LoadedPlugin } from './catalog';
import { Agent, Server } from './discovery';
import { trustDomains } from './entries';
import { isUnknown, pluginsOf } from './queries';
import { dnsNamesOf, servicePorts, servicesOf } from '../kubernetes/service';
import { once } from '../once';
import { System } from '../system';

/** A server whose CA another SPIRE server signs. */
export interface NestedServer {
  readonly server: Server;
  readonly upstream: LoadedPlugin;
  /** The agent of the other server in the pod of this one. */
  readonly agent?: Agent;
}

/** The servers below another one. */
export const nestedServers = once((system: System): NestedServer[] => system.servers.flatMap(server =>
  pluginsOf(server, 'UpstreamAuthority', 'spire').map(upstream => ({
    server, upstream, agent: system.agents.find(agent => agent.config && agent.workload !== undefined && agent.workload === server.workload),
  }))));

/** The cluster of the input with the server that signs the CA of a nested one: the one of that DNS name, or the only one. */
export function rootOf(system: System, address: string): System | undefined {
  if (isUnknown(address)) return undefined;
  const names = trustDomains(system);
  const isOther = (other: System): boolean => other !== system && trustDomains(other).some(name => names.includes(name));
  const named = (byAddress(system.clusters).get(address) ?? []).filter(isOther);
  const found = named.length > 0 ? named : [...new Set(names.flatMap(name => byDomain(system.clusters).get(name) ?? []))].filter(isOther);
  return found.length === 1 ? found[0] : undefined;
}

/** The server of the same cluster that signs the CA of a nested one: the one behind the Service that it calls. */
export function serverAbove(system: System, { server, upstream: { config } }: NestedServer): Server | undefined {
  const [name, namespace = server.workload?.namespace, kind = 'svc'] = config.text('server_address').split('.');
  const service = kind === 'svc' && namespace !== undefined ? system.find('Service', namespace, name) : undefined;
  const others = service ? system.servers.filter(other => other !== server && other.config) : [];
  return others.find(({ workload }) => workload && servicesOf(system, workload).includes(service!));
}

/** The cluster whose server has the root of another cluster's certificates, itself where nothing is above it; undefined where that is not in the input. */
export function rootCluster(system: System): System | undefined {
  const [nested] = nestedServers(system);
  return nested ? rootOf(system, nested.upstream.config.text('server_address')) : system;
}

/** The ports of Services at which the servers of a cluster are called. */
export const rootServices = once((system: System): ReturnType<typeof servicePorts> => system.servers.flatMap(({ workload, config }) => {
  const port = config?.server.int('bind_port') ?? 8081;
  return workload && config ? servicePorts(system, workload).filter(({ target }) => target === port) : [];
}));

const byAddress = index(system => rootServices(system).flatMap(({ service }) => dnsNamesOf(service)));
const byDomain = index(system => (system.servers.length > 0 && nestedServers(system).length === 0 ? trustDomains(system) : []));

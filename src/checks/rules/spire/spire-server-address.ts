import { collect } from '../../../model/collect';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { servicePorts, servicesOf, targetOf } from '../../../model/kubernetes/service';
import { fileOf, filesBelow, kustomizationsOf } from '../../../model/kustomize';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { Server } from '../../../model/spire/discovery';
import { MANAGER_IMAGE } from '../../../model/spire/images';
import { nestedServers } from '../../../model/spire/nested';
import { isUnknown, pluginsOf } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireServerAddress: Rule = {
  id: 'SPIRE-SERVER-ADDRESS',
  level: Level.ERROR,
  title: 'an agent or a nested server calls a server that is not there',
  why: '"no children to pick from": it tries for ever',
  fix: 'use the name and the port of the server\'s Service',
  source: 'helm-charts-hardened issue 583',
  check: (system, report) => {
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      const address = config?.text('server_address') ?? '';
      const [name, given, kind] = address.split('.');
      if (!config || isUnknown(address) || (kind !== undefined && kind !== 'svc') || !agent.workload && given === undefined) continue;
      const namespace = given ?? agent.workload?.namespace ?? '';
      const near = system.all('Service').filter(service => service.namespace === namespace);
      const service = near.find(candidate => nameIn(renamingOf(system, candidate), candidate.name) === name);
      const renamed = service ? undefined : near.find(candidate => candidate.name === name);
      const told = (key: string, message: string): void => report.in(agent.text, config.at(key).line, message);
      if (service) {
        if (!leadsSomewhere(system, service)) report.at(service, ['spec', 'selector'], 'the Service before the server selects no pod');
        const asked = config.int('server_port');
        const wrong = asked === undefined ? undefined : wrongTarget(system, service, asked);
        if (wrong) report.at(service, ['spec', 'ports'], wrong);
        const problem = portProblem(service, name, asked);
        if (problem) told('server_port', problem);
      } else if (renamed) {
        tellRenamed(renamed, renamingOf(system, renamed)!, address, report);
      } else if (near.length > 0 && mayShowServer(system, near)) {
        told('server_address', `there is no Service ${name} in namespace ${namespace}; there is ${near.map(found => found.name).join(', ')}`);
      } else {
        const elsewhere = servicesOfServer(system, config.text('trust_domain'));
        if (elsewhere.length > 0) told('server_address', `there is no Service in namespace ${namespace}; the server is behind ${elsewhere.join(', ')}`);
      }
    }
    const byNamespace = new Map<string, Server[]>();
    for (const server of system.servers) if (server.workload) collect(byNamespace, server.workload.namespace, server);
    for (const { server, upstream: { config } } of nestedServers(system)) {
      const [name, namespace, kind] = config.text('server_address').split('.');
      if (isUnknown(name) || namespace === undefined || (kind !== undefined && kind !== 'svc') || system.find('Service', namespace, name)) continue;
      const others = (byNamespace.get(namespace) ?? []).filter(other => other !== server);
      const near = others.flatMap(({ workload }) => servicesOf(system, workload!));
      if (near.length > 0) report.in(server.text, config.at('server_address').line, `there is no Service ${name} in namespace ${namespace}; there is ${near.map(found => found.name).join(', ')}`);
    }
  },
};

/** Whether the Service of the server should be among those of its namespace: a server may be installed by itself, apart from what is in the input. */
function mayShowServer(system: System, near: readonly Manifest[]): boolean {
  return system.servers.some(({ workload }) => workload) || near.some(({ name }) => name.includes('server'));
}

function portProblem(service: Manifest, name: string, asked: number | undefined): string | undefined {
  const ports = asObjects(service.spec.ports).map(({ port }) => Number(port));
  if (asText(service.spec.type) === 'ExternalName' || ports.length === 0 || asked === undefined || ports.includes(asked)) return undefined;
  return `Service ${name} has no port ${asked}; it has ${ports.join(', ')}`;
}

function tellRenamed(service: Manifest, renaming: Manifest, address: string, report: Report): void {
  report.at(renaming, [asText(renaming.value.namePrefix) === '' ? 'nameSuffix' : 'namePrefix'],
    `Service ${service.name} becomes ${nameIn(renaming, service.name)}, and the agent calls ${address}: kustomize does not look into configurations`,
    'leave the names of SPIRE alone, or write the new name into server_address');
}

/** The kustomization that gives an object another name. */
function renamingOf(system: System, object: Manifest): Manifest | undefined {
  return kustomizationsOf(system).filter(({ value }) => asText(value.namePrefix) !== '' || asText(value.nameSuffix) !== '')
    .find(kustomization => filesBelow(system, kustomization).has(fileOf(object)));
}

function nameIn(renaming: Manifest | undefined, name: string): string {
  return renaming ? `${asText(renaming.value.namePrefix)}${name}${asText(renaming.value.nameSuffix)}` : name;
}

/** Where the one server of a trust domain is reached; nothing where it is nested and agents may belong to its root. */
function servicesOfServer(system: System, trustDomain: string): string[] {
  const [server, ...more] = system.servers.filter(one => one.workload);
  if (!server?.workload || more.length > 0 || server.config?.server.text('trust_domain') !== trustDomain) return [];
  if (pluginsOf(server, 'UpstreamAuthority', 'spire').length > 0) return [];
  const grpc = server.config.server.int('bind_port') ?? 8081;
  return servicePorts(system, server.workload).filter(({ target }) => target === grpc).map(({ service }) => `${service.name}.${service.namespace}`);
}

/** Whether a Service selects a workload, or may select one that is not in the input. */
function leadsSomewhere(system: System, service: Manifest): boolean {
  const servers = system.servers.filter(server => server.workload?.namespace === service.namespace);
  const { selector } = service.spec;
  const hasEndpoints = asText(service.spec.type) === 'ExternalName' || system.find('Endpoints', service.namespace, service.name) !== undefined
    || system.all('EndpointSlice').some(({ namespace }) => namespace === service.namespace);
  return servers.length === 0 || (Object.keys(asObject(selector)).length === 0 && hasEndpoints) || Object.keys(asObject(selector)).length > 0
    && system.workloadsIn(service.namespace).some(workload => selectsLabels(selector, workload.labels));
}

/** What keeps a port of a Service from the servers behind it; what listens at other ports of their pods may hand on. */
function wrongTarget(system: System, service: Manifest, asked: number): string | undefined {
  const entry = asObjects(service.spec.ports).find(one => Number(one.port) === asked);
  const servers = system.servers.filter(({ workload, config }) => config && workload?.namespace === service.namespace
    && servicesOf(system, workload).includes(service));
  if (!entry || servers.length !== 1) return undefined;
  if (asText(entry.protocol) === 'UDP') return `port ${asked} of Service ${service.name} is of protocol UDP, and the server listens on TCP`;
  const [{ workload, config, container }] = servers;
  const listens = config!.server.int('bind_port') ?? 8081;
  const target = targetOf(entry, workload!);
  const isOther = workload!.containers.some(other => other.name !== container?.name && !MANAGER_IMAGE.test(other.image)
    && asObjects(other.value.ports).some(port => port.containerPort === target));
  return target === undefined || target === listens || isOther ? undefined
    : `port ${asked} of Service ${service.name} leads to port ${target} of the pods, where the server listens on ${listens}`;
}

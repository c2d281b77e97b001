import { isEmptySelector } from '../../../model/kubernetes/selector';
import { dnsNamesOf, isHidden, servicesOf } from '../../../model/kubernetes/service';
import { asObjects, asText, asTexts } from '../../../model/manifest';
import { once } from '../../../model/once';
import { Agent, Server } from '../../../model/spire/discovery';
import { clusterSpiffeIds, idsSelecting, staticEntries } from '../../../model/spire/entries';
import { NestedServer, nestedServers, rootOf, rootServices, serverAbove } from '../../../model/spire/nested';
import { readRoot } from '../../../model/spire/nested-root';
import { isUnknown, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireNestedRoot: Rule = {
  id: 'SPIRE-NESTED-ROOT',
  level: Level.ERROR,
  title: 'a nested server and the server above it do not agree',
  why: 'the agent beside the nested server is refused, or the nested server may not sign: it does not start',
  fix: 'give the root the cluster (with kube_config_file), the service account, a node alias and an entry with downstream: true for it, and a Service at the address that it calls',
  source: 'doc/scaling_spire.md; doc/plugin_server_nodeattestor_k8s_psat.md',
  check: (system, report) => {
    for (const nested of nestedServers(system)) {
      const { server, upstream, agent } = nested;
      const above = serverAbove(system, nested);
      if (above) checkAbove(system, report, nested, above);
      const root = above ? undefined : rootOf(system, upstream.config.text('server_address'));
      if (!root) continue;
      const problem = addressProblem(root, nested) ?? entryProblem(root, nested);
      if (problem) report.in(server.text, upstream.config.at('server_address').line, problem);
      const refusal = agent && (attestationProblem(root, agent) ?? bundleProblem(root, agent));
      if (refusal) report.in(agent.text, agent.config!.agent.at('server_address').line, refusal);
    }
  },
};

/** What a server of the same cluster refuses to sign. */
function checkAbove(system: System, report: Report, { server, upstream, agent }: NestedServer, above: Server): void {
  const [own, theirs] = [server, above].map(({ config }) => trustDomainName(config?.server.text('trust_domain') ?? ''));
  if (own !== '' && theirs !== '' && own !== theirs && !isUnknown(own + theirs)) {
    report.in(server.text, server.config!.server.at('trust_domain').line, `trust_domain is "${own}", the server above has "${theirs}"`, 'give both the same trust_domain');
  }
  const port = upstream.config.text('server_port');
  const ports = servicesOf(system, above.workload!).filter(({ name }) => name === upstream.config.text('server_address').split('.')[0])
    .flatMap(({ spec }) => asObjects(spec.ports).map(one => asText(one.port)));
  if (port !== '' && !isUnknown(port) && ports.length > 0 && !ports.includes(port)) {
    report.in(server.text, upstream.config.at('server_port').line, `the server above is called at port ${port}, its Service has ${ports.join(', ')}`);
  }
  const ids = clusterSpiffeIds(system);
  const downstream = [...ids, ...staticEntries(system)].filter(({ spec }) => spec.downstream === true);
  // an entry of a file, or made by hand, is not to be seen where no manager is
  const [meant] = server.workload ? idsSelecting(system, server.workload).filter(({ spec }) => !isEmptySelector(spec.podSelector)) : [];
  if (system.managers.length === 0 && downstream.length === 0 && meant && staticEntries(system).length === 0) {
    report.at(meant, ['spec'], 'it is for the nested server, and has no downstream: true: the server above signs nothing for it', 'set downstream: true');
  }
  // of a manager that is not to be seen, only entries for nested servers tell that one should be for this one
  if ((system.managers.length === 0 && !areForNobody(system)) || ids.length === 0 || downstream.some(({ kind }) => kind === 'ClusterStaticEntry')) return;
  const selecting = server.workload && !agent ? idsSelecting(system, server.workload) : undefined;
  if (downstream.length === 0 || (selecting && !downstream.some(id => selecting.includes(id)))) {
    report.in(server.text, upstream.position.line, 'no entry with downstream: true is for this server, so the server above signs nothing for it');
  }
}

/** Whether there are entries with downstream: true, and none is for a nested server. */
const areForNobody = once((system: System): boolean => {
  const selecting = nestedServers(system).flatMap(({ server: { workload }, agent }) => (workload && !agent ? [idsSelecting(system, workload)] : []));
  const hasDownstream = clusterSpiffeIds(system).some(({ spec }) => spec.downstream === true);
  return hasDownstream && selecting.length > 0 && selecting.every(ids => ids.every(({ spec }) => spec.downstream !== true));
});

function addressProblem(root: System, { upstream: { config } }: NestedServer): string | undefined {
  const [address, port] = [config.text('server_address'), config.text('server_port')];
  const services = rootServices(root);
  const names = services.flatMap(({ service }) => dnsNamesOf(service));
  if (names.length > 0 && !names.includes(address)) return `the root is called at ${address}, its Service is ${[...new Set(names)].join(', ')}`;
  const ports = services.filter(({ service }) => dnsNamesOf(service).includes(address)).map(one => String(one.port));
  const isOutside = !/\.svc(\.|$)/.test(address);
  if (isOutside && services.every(({ service }) => isHidden(root, service))) return `no Service leads others to the root, which is called at ${address}`;
  return ports.length > 0 && !isUnknown(port) && !ports.includes(port) ? `the root is called at port ${port}, its Service has ${ports.join(', ')}` : undefined;
}

/** Why no entry of the root lets the server sign. */
function entryProblem(root: System, { server, agent }: NestedServer): string | undefined {
  const { hasEntries, downstream, downstreamByParent, aliases } = readRoot(root);
  if (!hasEntries) return undefined;
  if (downstream.length === 0) return 'no entry of the root has downstream: true, so it signs no CA';
  const cluster = agent && pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster');
  if (!cluster || !agent?.workload || downstream.some(({ kind }) => kind === 'ClusterSPIFFEID')) return undefined;
  const given = [`k8s_psat:cluster:${cluster}`, `k8s_psat:agent_ns:${agent.workload.namespace}`, `k8s_psat:agent_sa:${agent.workload.serviceAccount}`];
  const isOwn = (selector: string): boolean => !/^k8s_psat:(cluster|agent_ns|agent_sa):/.test(selector) || given.includes(selector);
  const parents = ['', cluster].flatMap(name => aliases.get(name) ?? []).filter(({ spec }) => asTexts(spec.selectors).every(isOwn)).map(({ spec }) => asText(spec.spiffeID));
  const agents = [...downstreamByParent.keys()].filter(parent => /\/spire\/agent\//.test(parent));
  const below = [...new Set([...parents, ...agents])].flatMap(parent => downstreamByParent.get(parent) ?? []);
  if (below.length === 0) return `no entry of the root with downstream: true hangs below the agent of cluster "${cluster}"`;
  const user = server.container?.value.securityContext?.runAsUser ?? server.workload?.pod.securityContext?.runAsUser;
  const wanted = below.flatMap(({ spec }) => asTexts(spec.selectors)).filter(selector => selector.startsWith('unix:uid:'));
  return user !== undefined && wanted.length > 0 && !wanted.includes(`unix:uid:${user}`) ? `the server runs as user ${user}, the root signs for ${wanted.join(', ')}` : undefined;
}

/** Why the root refuses the agent. */
function attestationProblem(root: System, agent: Agent): string | undefined {
  const cluster = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster') ?? '';
  const { clusters, hasUnknownCluster } = readRoot(root);
  if (cluster === '' || clusters.size === 0 || hasUnknownCluster || isUnknown(cluster)) return undefined;
  const config = clusters.get(cluster);
  if (!config) return `the agent says it is in cluster "${cluster}", the root knows ${[...clusters.keys()].map(name => `"${name}"`).join(', ')}`;
  if (!config.has('kube_config_file')) return `the root has no kube_config_file for cluster "${cluster}": it asks its own API server about tokens of another one`;
  const account = `${agent.workload?.namespace}:${agent.workload?.serviceAccount}`;
  const allowed = config.texts('service_account_allow_list');
  if (agent.workload && !allowed.includes(account) && !allowed.some(isUnknown)) return `the agent runs as ${account}, the root allows ${allowed.join(', ') || 'nobody'}`;
  const audiences = config.has('audience') ? config.texts('audience') : ['spire-server'];
  const sources = agent.workload?.volumes.flatMap(({ projected }) => asObjects(projected?.sources)) ?? [];
  const tokens = sources.flatMap(({ serviceAccountToken }) => serviceAccountToken ? [asText(serviceAccountToken.audience)] : []);
  return audiences.length > 0 && tokens.length > 0 && !tokens.some(token => audiences.includes(token)) ? `the token is for ${tokens.join(', ')}, the root wants ${audiences.join(', ')}` : undefined;
}

/** Why the agent does not get the bundle of the root. */
function bundleProblem(root: System, agent: Agent): string | undefined {
  const path = agent.config!.agent.text('trust_bundle_path');
  const name = path && !isUnknown(path) ? asText(volumeAt(agent, path)?.configMap?.name) : '';
  const cluster = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster') ?? '';
  const { clusters, publishers } = readRoot(root);
  const kubeConfig = clusters.get(cluster)?.text('kube_config_file');
  const there = kubeConfig === undefined ? [...publishers.values()].flat() : publishers.get(kubeConfig) ?? [];
  const published = there.map(config => `${config.text('namespace')}/${config.text('configmap_name')}`);
  const wanted = `${agent.workload?.namespace}/${name}`;
  return name !== '' && publishers.size > 0 && !published.includes(wanted) ? `the bundle is in ConfigMap ${wanted}, the root publishes ${[...new Set(published)].join(', ') || 'none'} there` : undefined;
}

import { clustersWith } from '../clusters';
import { Server } from './discovery';
import { webProfileOf } from './federation';
import { rootCluster } from './nested';
import { trustDomainName } from './values';
import { Block } from '../../formats/hcl/reader';
import { ServicePort, servicePorts } from '../kubernetes/service';
import { System } from '../system';

/** Where a server serves its bundle. */
export interface ServedBundle {
  readonly server: Server;
  readonly port: number;
  readonly address: string;
  readonly profile: 'https_spiffe' | 'https_web';
  /** The name for which a CA gives a certificate by ACME; empty where none does. */
  readonly acmeName: string;
  /** The ports of Services that lead to it; undefined where the input has no Service of the server: the rest of it is elsewhere. */
  readonly services?: ServicePort[];
}

/** The bundle endpoints of a cluster. */
export function servedBundles(system: System): ServedBundle[] {
  return system.servers.flatMap(server => {
    const endpoint = server.config?.server.block('federation')?.block('bundle_endpoint');
    if (!endpoint) return [];
    const port = endpoint.int('port') ?? 443;
    const ports = server.workload ? servicePorts(system, server.workload) : [];
    const services = ports.length > 0 ? ports.filter(one => one.target === port) : undefined;
    const acme = endpoint.block('acme') ?? webProfileOf(endpoint)?.block('acme');
    return [{ server, port, address: endpoint.text('address'), profile: profileOf(endpoint), acmeName: acme?.text('domain_name') ?? '', services }];
  });
}

/** The cluster of the input that has a trust domain, beside this one; undefined where others may have it as well. */
export function clusterOf(system: System, trustDomain: string): System | undefined {
  const isOfMany = clustersWith(system, trustDomainName(trustDomain)).length > 2;
  const found = isOfMany ? [] : clustersOf(system, trustDomain);
  return found.length === 1 ? found[0] : undefined;
}

/** The clusters of the input that have a trust domain, beside this one: one, or those below one root, with it; none where that cannot be told. */
export function clustersOf(system: System, trustDomain: string): readonly System[] {
  const found = clustersWith(system, trustDomainName(trustDomain)).filter(other => other !== system);
  const roots = new Set(found.map(rootCluster));
  return roots.size === 1 && !roots.has(undefined) ? found : [];
}

/** The cluster of the input whose server others ask for the bundle of a trust domain. */
export function bundleServerOf(system: System, trustDomain: string): System | undefined {
  const [first] = clustersOf(system, trustDomain);
  return first && rootCluster(first);
}

/** The old form with acme outside of a profile is https_web, one without profile https_spiffe. */
function profileOf(endpoint: Block): ServedBundle['profile'] {
  const node = endpoint.node('profile');
  const name = node?.kind === 'objectList' ? node.items[0]?.keys[0]?.token.text.replace(/"/g, '') : undefined;
  return endpoint.has('acme') || name === 'https_web' ? 'https_web' : 'https_spiffe';
}

import { clusterSpiffeIds, federatedTrustDomains, staticEntries } from './entries';
import { partnersOf } from './federation';
import { trustDomainName } from './values';
import { Workload } from '../kubernetes/workload';
import { Manifest, asText, asTexts } from '../manifest';
import { podLabels } from '../mesh/injection';
import { once } from '../once';
import { System } from '../system';

/** What makes entries: ClusterSPIFFEIDs and ClusterStaticEntries. */
export const identities = once((system: System): readonly Manifest[] => [...clusterSpiffeIds(system), ...staticEntries(system)]);

/** The trust domains that an identity federates with. */
export function federatesWith(identity: Manifest): string[] {
  return asTexts(identity.spec.federatesWith).map(trustDomainName);
}

/** The trust domains that a cluster has a relation with, whether an object or the server's configuration says so. */
export const partnerDomains = once((system: System): readonly string[] => {
  const relations = federatedTrustDomains(system).map(({ spec }) => asText(spec.trustDomain));
  const configured = system.servers.flatMap(({ config }) => (config ? partnersOf(config.server).map(({ trustDomain }) => trustDomain) : []));
  return [...new Set([...relations, ...configured].map(trustDomainName).filter(name => name !== ''))];
});

/** Whether a ClusterStaticEntry is for pods, as far as its selectors tell. */
export function isForPods(entry: Manifest): boolean {
  return asTexts(entry.spec.selectors).some(selector => selector.startsWith('k8s:'));
}

/** Whether the pods of a workload may have the identity of a ClusterStaticEntry: no selector says that they are others. */
export function mayHave(system: System, workload: Workload, entry: Manifest): boolean {
  return asTexts(entry.spec.selectors).every(selector => {
    const [, kind, value] = /^k8s:(ns|sa|pod-label):(.*)$/.exec(selector) ?? [];
    if (kind === 'ns') return value === workload.namespace;
    if (kind === 'sa') return value === workload.serviceAccount;
    if (kind !== 'pod-label') return true;
    const [, label, wanted] = /^([^:]*):(.*)$/.exec(value) ?? [];
    return podLabels(system, workload)[label] === wanted;
  });
}

import { identityOf } from './policy';
import { clustersWith } from '../clusters';
import { Workload } from '../kubernetes/workload';
import { idsSelecting, staticEntries } from '../spire/entries';
import { federatesWith, mayHave } from '../spire/federating';
import { System } from '../system';

/** The clusters of the input that issue identities of a trust domain. */
export function issuersOf(system: System, trustDomain: string): readonly System[] {
  return clustersWith(system, trustDomain);
}

/** Whether nobody runs under an identity, a SPIFFE ID with or without scheme, although the cluster and the namespace are in the input. */
export function isNobody(system: System, id: string): boolean {
  const identity = identityOf(id.replace(/^spiffe:\/\//, ''));
  if (!identity) return false;
  const neighbours = issuersOf(system, identity.trustDomain).flatMap(one => one.workloadsIn(identity.namespace));
  return neighbours.length > 0 && !neighbours.some(workload => workload.serviceAccount === identity.serviceAccount);
}

/** Whether some workloads are registered, and none of them federates with a trust domain. */
export function lackBundle(system: System, workloads: readonly Workload[], trustDomain: string): boolean {
  const ids = workloads.flatMap(workload => idsSelecting(system, workload));
  if (ids.length === 0 || ids.some(id => federatesWith(id).includes(trustDomain))) return false;
  const entries = staticEntries(system).filter(entry => federatesWith(entry).includes(trustDomain));
  return !entries.some(entry => workloads.some(workload => mayHave(system, workload, entry)));
}

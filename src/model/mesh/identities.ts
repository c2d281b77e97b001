import { identityOf } from './policy';
import { clustersWith } from '../clusters';
import { runningAs } from '../kubernetes/service-accounts';
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
  const issuers = issuersOf(system, identity.trustDomain);
  return issuers.some(one => one.workloadsIn(identity.namespace).length > 0)
    && !issuers.some(one => runningAs(one, identity.namespace, identity.serviceAccount).length > 0);
}

/** Whether some workloads are registered, and none of them federates with a trust domain. */
export function lackBundle(system: System, workloads: readonly Workload[], trustDomain: string): boolean {
  const ids = workloads.flatMap(workload => idsSelecting(system, workload));
  if (ids.length === 0 || ids.some(id => federatesWith(id).includes(trustDomain))) return false;
  const entries = staticEntries(system).filter(entry => federatesWith(entry).includes(trustDomain));
  return !entries.some(entry => workloads.some(workload => mayHave(system, workload, entry)));
}

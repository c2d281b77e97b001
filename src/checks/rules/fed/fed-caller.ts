import { runningAs } from '../../../model/kubernetes/service-accounts';
import { Workload } from '../../../model/kubernetes/workload';
import { lackBundle } from '../../../model/mesh/identities';
import { authorizationPolicies, identityOf, includedPrincipalsOf } from '../../../model/mesh/policy';
import { clustersOf } from '../../../model/spire/bundle-endpoint';
import { trustDomains } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedCaller: Rule = {
  id: 'FED-CALLER',
  level: Level.ERROR,
  title: 'a workload that may call another cluster does not federate with it',
  why: 'its proxy cannot verify who answers there: every call fails in TLS',
  fix: 'add the trust domain to federatesWith of its ClusterSPIFFEID',
  source: 'observed: runs of Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of policy.spec.action === 'DENY' ? [] : includedPrincipalsOf(policy)) {
        const caller = identityOf(principal);
        const others = caller ? trustDomains(system).filter(domain => domain !== caller.trustDomain) : [];
        const homes = others.length > 0 ? homesOf(system, caller!) : [];
        const lacking = homes.length > 0 ? others.find(domain => homes.every(({ home, callers }) => lackBundle(home, callers, domain))) : undefined;
        if (lacking !== undefined) report.at(policy, path, `"${principal}" may call, and its identity does not federate with "${lacking}"`);
      }
    }
  },
};

type Identity = NonNullable<ReturnType<typeof identityOf>>;

/** The clusters in which a caller runs: several where they are below one root, and any of them may be meant. */
function homesOf(system: System, { trustDomain, namespace, serviceAccount }: Identity): { home: System; callers: readonly Workload[] }[] {
  return clustersOf(system, trustDomain)
    .map(home => ({ home, callers: runningAs(home, namespace, serviceAccount) }))
    .filter(({ callers }) => callers.length > 0);
}

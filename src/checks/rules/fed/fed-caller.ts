import { lackBundle } from '../../../model/mesh/identities';
import { authorizationPolicies, identityOf, includedPrincipalsOf } from '../../../model/mesh/policy';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { trustDomains } from '../../../model/spire/entries';
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
        const home = caller && clusterOf(system, caller.trustDomain);
        const callers = home?.workloadsIn(caller!.namespace).filter(workload => workload.serviceAccount === caller!.serviceAccount) ?? [];
        const others = callers.length > 0 ? trustDomains(system).filter(domain => domain !== caller!.trustDomain) : [];
        const lacking = others.find(domain => lackBundle(home!, callers, domain));
        if (lacking !== undefined) report.at(policy, path, `"${principal}" may call, and its identity does not federate with "${lacking}"`);
      }
    }
  },
};

import { networkOf } from '../../../model/clusters';
import { egressPolicies, ingressPolicies, leadsOutside, opensToOutside } from '../../../model/kubernetes/network-policy';
import { runningAs } from '../../../model/kubernetes/service-accounts';
import { passThroughs } from '../../../model/mesh/east-west';
import { authorizationPolicies, identityOf, includedPrincipalsOf } from '../../../model/mesh/policy';
import { CROSS_NETWORK_PORT } from '../../../model/mesh/remote-hosts';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const fedNetworkClosed: Rule = {
  id: 'FED-NETWORK-CLOSED',
  level: Level.ERROR,
  title: 'a NetworkPolicy closes the way from one cluster into another',
  why: 'callers of another network come to the east-west gateway: what a policy allows them fails without an answer',
  fix: `let callers reach port ${CROSS_NETWORK_PORT} outside of the cluster, and everybody outside that port of the gateway`,
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    for (const { port, workloads } of passThroughs(system)) {
      for (const workload of workloads) {
        const policies = ingressPolicies(system, workload);
        if (policies.length > 0 && !policies.some(policy => opensToOutside(policy, workload, port))) {
          report.at(policies[0], ['spec', 'ingress'], `no policy lets other clusters reach port ${port} of ${workload.namespace}/${workload.name}`);
        }
      }
    }
    checkCallers(system, report);
  },
};

function checkCallers(system: System, report: Report): void {
  for (const policy of authorizationPolicies(system).filter(({ spec }) => (spec.action ?? 'ALLOW') === 'ALLOW')) {
    for (const { principal, path } of includedPrincipalsOf(policy)) {
      const caller = identityOf(principal);
      const home = caller && clusterOf(system, caller.trustDomain);
      if (!home || networkOf(home) === '' || networkOf(system) === '' || networkOf(home) === networkOf(system)) continue;
      for (const workload of runningAs(home, caller.namespace, caller.serviceAccount)) {
        const policies = egressPolicies(home, workload);
        if (policies.length > 0 && !policies.some(one => leadsOutside(one, CROSS_NETWORK_PORT))) {
          report.at(policy, path, `"${principal}" may call, and no NetworkPolicy of its cluster lets it reach port ${CROSS_NETWORK_PORT} outside`);
        }
      }
    }
  }
}

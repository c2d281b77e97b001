import { networkOf } from '../../../model/clusters';
import { admits, egressPolicies, hasOtherPolicies, ingressPolicies, leadsTo } from '../../../model/kubernetes/network-policy';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, Path, asObjects, asTexts } from '../../../model/manifest';
import { passThroughs } from '../../../model/mesh/east-west';
import { authorizationPolicies, includedPrincipalsOf, trustDomainOf } from '../../../model/mesh/policy';
import { selectedBy } from '../../../model/mesh/selection';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedGatewayClosed: Rule = {
  id: 'FED-GATEWAY-CLOSED',
  level: Level.ERROR,
  title: 'a NetworkPolicy is between the gateway for other clusters and a workload that they may call',
  why: 'calls from another network end at the gateway: what a policy allows them fails without an answer',
  fix: 'let the gateway reach the port of the workload (egress), and let the workload be reached by the gateway (ingress)',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    const gateways = passThroughs(system).flatMap(({ workloads }) => workloads);
    if (gateways.length === 0 || hasOtherPolicies(system)) return;
    for (const policy of authorizationPolicies(system).filter(({ spec }) => (spec.action ?? 'ALLOW') === 'ALLOW')) {
      for (const { path, port } of callsFromOutside(system, policy)) {
        for (const called of selectedBy(system, policy)) {
          const closed = gateways.find(gateway => !isOpen(system, gateway, called, port));
          if (closed) report.at(policy, path, `other clusters may call ${called.namespace}/${called.name} at ${port}, which ${closed.namespace}/${closed.name} does not reach`);
        }
      }
    }
  },
};

/** The ports at which a policy lets in somebody of a cluster with another network. */
function callsFromOutside(system: System, policy: Manifest): { readonly path: Path; readonly port: number }[] {
  return includedPrincipalsOf(policy).flatMap(({ principal, path }) => {
    const domain = trustDomainOf(principal);
    const home = domain && clusterOf(system, domain);
    if (!home || networkOf(home) === '' || networkOf(system) === '' || networkOf(home) === networkOf(system)) return [];
    const rule = asObjects(policy.spec.rules)[Number(path[2])];
    return asObjects(rule?.to).flatMap(to => asTexts(to.operation?.ports)).map(port => ({ path, port: Number(port) }));
  });
}

function isOpen(system: System, gateway: Workload, called: Workload, port: number): boolean {
  const [out, into] = [egressPolicies(system, gateway), ingressPolicies(system, called)];
  return (out.length === 0 || out.some(policy => leadsTo(system, policy, called, port)))
    && (into.length === 0 || into.some(policy => admits(system, policy, gateway, called, port)));
}

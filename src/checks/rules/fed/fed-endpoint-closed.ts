import { ingressPolicies, opensToOutside } from '../../../model/kubernetes/network-policy';
import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointClosed: Rule = {
  id: 'FED-ENDPOINT-CLOSED',
  level: Level.ERROR,
  title: 'a NetworkPolicy closes the bundle endpoint',
  why: 'other trust domains cannot fetch the bundle: first calls go on, and stop when a CA changes',
  fix: 'let ipBlocks reach the port of bundle_endpoint',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    for (const { server: { workload }, port } of servedBundles(system)) {
      const policies = workload ? ingressPolicies(system, workload) : [];
      if (policies.length > 0 && !policies.some(policy => opensToOutside(policy, workload!, port))) {
        report.at(policies[0], ['spec', 'ingress'], `no policy lets others reach port ${port} of ${workload!.namespace}/${workload!.name}, at which the bundle is served`);
      }
    }
  },
};

import { ingressPolicies } from '../../../model/kubernetes/network-policy';
import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointUnguarded: Rule = {
  id: 'FED-ENDPOINT-UNGUARDED',
  level: Level.INFO,
  title: 'a server with a bundle endpoint has no NetworkPolicy',
  why: 'who comes in by the load balancer of the endpoint, or from any pod, reaches every port of the server',
  fix: 'add a NetworkPolicy that opens the port of bundle_endpoint to others, and the other ports to those who need them',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 && system.all('Service').length === 0) return;
    for (const { server: { workload }, port } of servedBundles(system)) {
      if (workload && ingressPolicies(system, workload).length === 0) report.at(workload.manifest, [], `port ${port} is for other trust domains, and nothing limits who reaches the other ports`);
    }
  },
};

import { egressPolicies, hasOtherPolicies, leadsOutside } from '../../../model/kubernetes/network-policy';
import { nestedServers } from '../../../model/spire/nested';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireUpstreamClosed: Rule = {
  id: 'SPIRE-UPSTREAM-CLOSED',
  level: Level.ERROR,
  title: 'a NetworkPolicy keeps a nested server from the server above it',
  why: 'its CA is not signed: the server does not start, or ends with its CA',
  fix: 'let the pod reach server_port outside of the cluster',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (hasOtherPolicies(system)) return;
    for (const { server: { workload }, upstream: { config } } of nestedServers(system)) {
      const [address, port] = [config.text('server_address'), Number(config.text('server_port'))];
      const policies = workload && workload.pod.hostNetwork !== true ? egressPolicies(system, workload) : [];
      const isOutside = /\..*\./.test(address) && !/\.svc(\.|$)/.test(address) && !isUnknown(address) && Number.isInteger(port);
      if (isOutside && policies.length > 0 && !policies.some(policy => leadsOutside(policy, port))) {
        report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name} reach ${address}:${port}`);
      }
    }
  },
};

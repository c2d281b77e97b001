import { isUnknown, psatClusters } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServiceAccounts: Rule = {
  id: 'SPIRE-SERVICE-ACCOUNTS',
  level: Level.ERROR,
  title: 'an allowed service account has no namespace',
  why: 'SPIRE compares with namespace:name, so the agent is refused with PermissionDenied and exits',
  fix: 'write "<namespace of the agent>:<service account>"',
  source: 'pkg/server/plugin/nodeattestor/k8spsat/psat.go Attest',
  check: (system, report) => {
    for (const server of system.servers) {
      for (const [name, cluster] of psatClusters(server)) {
        for (const account of cluster.texts('service_account_allow_list')) {
          if (isUnknown(account) || /^[^:]+:[^:]+$/.test(account)) continue;
          report.in(server.text, cluster.at('service_account_allow_list').line, `service_account_allow_list of cluster "${name}" has "${account}", which no agent can match`);
        }
      }
    }
  },
};

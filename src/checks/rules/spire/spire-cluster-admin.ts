import { bindingsFor } from '../../../model/kubernetes/rbac';
import { asObject, asText } from '../../../model/manifest';
import { managerWorkloads } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireClusterAdmin: Rule = {
  id: 'SPIRE-CLUSTER-ADMIN',
  level: Level.WARNING,
  title: 'a program of SPIRE may do everything in the cluster',
  why: 'who gets into its pod owns the cluster, and the agent is on every node; it needs a few rights only',
  fix: 'bind a role with what it needs: tokenreviews, pods and nodes for the server, nodes/proxy or nodes/pods for the agent',
  source: 'observed: runs of SPIRE 1.15.3 and spire-controller-manager 0.6.6',
  check: (system, report) => {
    const programs = [...system.servers, ...system.agents].flatMap(({ workload }) => workload ?? []);
    for (const workload of new Set([...programs, ...managerWorkloads(system)])) {
      const all = bindingsFor(system, workload).find(({ kind, value }) => kind === 'ClusterRoleBinding' && asText(asObject(value.roleRef).name) === 'cluster-admin');
      if (all) report.at(all, ['roleRef'], `service account ${workload.namespace}/${workload.serviceAccount} is cluster-admin`);
    }
  },
};

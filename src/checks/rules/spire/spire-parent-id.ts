import { asText } from '../../../model/manifest';
import { isStatic } from '../../../model/spire/managers';
import { psatClusters } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireParentId: Rule = {
  id: 'SPIRE-PARENT-ID',
  level: Level.ERROR,
  title: 'entries hang below agents that have other IDs',
  why: 'with use_pod_uid_for_agent_id an agent is named after its pod, and the controller manager names parents after nodes: no agent gets an entry',
  fix: 'remove use_pod_uid_for_agent_id',
  source: 'pkg/server/plugin/nodeattestor/k8spsat/psat.go; spire-controller-manager pkg/spireentry defaultParentIDTemplate',
  check: (system, report) => {
    const managers = system.managers.filter(manager => !isStatic(manager) && /NodeMeta\.UID|^$/.test(asText(manager.value.parentIDTemplate)));
    for (const server of system.servers) {
      for (const [name, cluster] of psatClusters(server)) {
        if (!cluster.bool('use_pod_uid_for_agent_id') || !managers.some(manager => asText(manager.value.clusterName) === name)) continue;
        report.in(server.text, cluster.at('use_pod_uid_for_agent_id').line, `agents of cluster "${name}" are named after pods, parents of entries after nodes`);
      }
    }
  },
};

import { asText } from '../../../model/manifest';
import { staticEntries } from '../../../model/spire/entries';
import { isStatic } from '../../../model/spire/managers';
import { isUnknown, psatClusters } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireParentId: Rule = {
  id: 'SPIRE-PARENT-ID',
  level: Level.ERROR,
  title: 'entries hang below agents that have other IDs',
  why: 'with use_pod_uid_for_agent_id an agent is named after its pod, and the controller manager names parents after nodes; no agent is of another trust domain or cluster: none gets an entry',
  fix: 'remove use_pod_uid_for_agent_id, and let parentIDTemplate begin with spiffe://{{ .TrustDomain }}/spire/agent/k8s_psat/{{ .ClusterName }}',
  source: 'pkg/server/plugin/nodeattestor/k8spsat/psat.go; spire-controller-manager pkg/spireentry defaultParentIDTemplate',
  check: (system, report) => {
    for (const manager of system.managers.filter(one => !isStatic(one))) {
      const problem = templateProblem(system, asText(manager.value.parentIDTemplate), asText(manager.value.trustDomain));
      if (problem) report.at(manager, ['parentIDTemplate'], problem);
    }
    for (const entry of staticEntries(system)) {
      const problem = clusterProblem(system, /^spiffe:\/\/[^/]+\/spire\/agent\/k8s_psat\/([^/]+)\//.exec(asText(entry.spec.parentID))?.[1]);
      if (problem) report.at(entry, ['spec', 'parentID'], problem, 'name an agent of a cluster that the server attests');
    }
    const managers = system.managers.filter(manager => !isStatic(manager) && /NodeMeta\.UID|^$/.test(asText(manager.value.parentIDTemplate)));
    for (const server of system.servers) {
      for (const [name, cluster] of psatClusters(server)) {
        if (!cluster.bool('use_pod_uid_for_agent_id') || !managers.some(manager => asText(manager.value.clusterName) === name)) continue;
        report.in(server.text, cluster.at('use_pod_uid_for_agent_id').line, `agents of cluster "${name}" are named after pods, parents of entries after nodes`);
      }
    }
  },
};

/** The data of pods, which the template of an identity has beside those of nodes. */
const ROOTS = /\{\{[^}]*?(\.Pod(?:Meta|Spec))\b/;

/** Why no agent has an ID that a template of parents gives, as far as it says trust domain and cluster plainly. */
function templateProblem(system: System, template: string, own: string): string | undefined {
  const other = ROOTS.exec(template)?.[1];
  if (other !== undefined) return `${other} is not there for parents: the data are .TrustDomain, .ClusterName, .ClusterDomain, .NodeMeta, .NodeSpec`;
  const [, trustDomain, cluster] = /^spiffe:\/\/(?:\{\{[^}]*\}\}|([^/{]+))(?:\/spire\/agent\/k8s_psat\/([^/{]+)\/)?/.exec(template) ?? [];
  if (trustDomain !== undefined && own !== '' && trustDomain !== trustDomainName(own) && !/[$]/.test(own + trustDomain)) {
    return `parents are of the trust domain "${trustDomain}", the manager has "${trustDomainName(own)}"`;
  }
  return clusterProblem(system, cluster);
}

function clusterProblem(system: System, cluster: string | undefined): string | undefined {
  const known = system.servers.flatMap(server => [...psatClusters(server).keys()]);
  return cluster !== undefined && !/[$]/.test(cluster) && known.length > 0 && !known.includes(cluster) && !known.some(isUnknown)
    ? `parents are of the cluster "${cluster}", the server knows ${known.map(name => `"${name}"`).join(', ')}` : undefined;
}

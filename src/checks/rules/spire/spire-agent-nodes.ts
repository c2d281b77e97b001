import { Workload } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { spireProxies } from '../../../model/mesh/injection';
import { agentsOfNodes } from '../../../model/spire/agents';
import { csiDrivers } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentNodes: Rule = {
  id: 'SPIRE-AGENT-NODES',
  level: Level.WARNING,
  title: 'agents, their driver and the pods that need them are on different nodes',
  why: 'on a node without agent or driver, a pod that wants an identity stays in ContainerCreating or gets none',
  fix: 'give the DaemonSets of agent and driver the same nodeSelector, and tolerations for all nodes with such pods',
  source: 'Kubernetes: nodeSelector, taints and tolerations of DaemonSets',
  check: (system, report) => {
    const sets = (workloads: readonly (Workload | undefined)[]): Workload[] => workloads.flatMap(one => (one?.manifest.kind === 'DaemonSet' && !one.pod.affinity ? [one] : []));
    const agents = sets(agentsOfNodes(system).map(({ workload }) => workload));
    const drivers = sets(csiDrivers(system).map(({ workload }) => workload));
    // with several of a kind, each may have nodes of its own
    if (agents.length !== 1) return;
    const [agent] = agents;
    for (const driver of drivers.length === 1 && drivers[0] !== agent ? drivers : []) {
      const [ours, theirs] = [agent, driver].map(nodesOf);
      if (ours !== theirs) report.at(driver.manifest, driver.at('spec', 'nodeSelector'), `the driver is on ${theirs}, the agent on ${ours}`);
    }
    const users = new Set([...spireProxies(system), ...system.workloads.filter(({ volumes }) => volumes.some(({ csi }) => /spiffe/.test(asText(asObject(csi).driver))))]);
    for (const workload of users) {
      const taint = asObjects(workload.pod.tolerations).find(one => isForTaint(one) && ![agent, ...drivers].every(set => tolerates(set, one)));
      if (taint) report.at(workload.manifest, workload.at('spec', 'tolerations'), `${workload.name} tolerates the taint ${asText(taint.key)}, and agent or driver do not`);
    }
  },
};

function nodesOf({ pod }: Workload): string {
  const labels = Object.entries(asObject(pod.nodeSelector)).filter(([key]) => !/(^|\.)kubernetes\.io\/(os|arch)$/.test(key)).map(([key, value]) => `${key}: ${asText(value)}`).sort();
  return labels.length === 0 ? 'all nodes' : `nodes with ${labels.join(', ')}`;
}

/** Whether a toleration lets a pod onto nodes that are kept for it; those of Kubernetes itself are for nodes that have a problem. */
function isForTaint({ key, effect }: Json): boolean {
  return asText(key) !== '' && effect !== 'PreferNoSchedule' && !/(^|\.)node(-role)?\.kubernetes\.io\//.test(asText(key));
}

function tolerates({ pod }: Workload, wanted: Json): boolean {
  return asObjects(pod.tolerations).some(one => (asText(one.key) === '' && one.operator === 'Exists') || one.key === wanted.key);
}

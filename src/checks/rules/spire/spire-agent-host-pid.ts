import { agentsOfNodes } from '../../../model/spire/agents';
import { Agent } from '../../../model/spire/discovery';
import { nestedServers } from '../../../model/spire/nested';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentHostPid: Rule = {
  id: 'SPIRE-AGENT-HOST-PID',
  level: Level.ERROR,
  title: 'the agent cannot see the processes that call it',
  why: 'a caller is found by its PID, the pod of the k8s attestor in the /proc of the host: no workload gets an identity',
  fix: 'set hostPID: true in the pod of the agent',
  source: 'doc/plugin_agent_workloadattestor_k8s.md',
  check: (system, report) => {
    for (const agent of system.agents) {
      if (!agent.workload || pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0 || agent.workload.pod.hostPID === true) continue;
      report.at(agent.workload.manifest, agent.workload.at('spec'), 'the agent runs the k8s attestor without hostPID');
    }
    // SPIRE-NESTED-AGENT looks at the agents beside servers
    const beside = new Set(nestedServers(system).map(({ agent }) => agent));
    const ofNodes = new Set(agentsOfNodes(system));
    for (const agent of system.agents.filter(one => isByProcess(one) && !beside.has(one))) {
      const { manifest, pod } = agent.workload!;
      if (pod.hostPID === true) continue;
      const isOfPod = !ofNodes.has(agent);
      if (isOfPod && pod.shareProcessNamespace !== true) {
        report.at(manifest, agent.workload!.at('spec'), 'the agent knows the callers in its pod by their processes, and does not see them', 'set shareProcessNamespace: true in the pod');
      } else if (!isOfPod && manifest.kind === 'DaemonSet') {
        report.at(manifest, agent.workload!.at('spec'), 'the agent knows callers by their processes, and runs without hostPID');
      }
    }
  },
};

/** Whether an agent knows callers by what the node tells of their processes. */
function isByProcess(agent: Agent): boolean {
  return agent.workload !== undefined && agent.container !== undefined && pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0
    && ['unix', 'docker', 'systemd'].some(name => pluginsOf(agent, 'WorkloadAttestor', name).length > 0);
}

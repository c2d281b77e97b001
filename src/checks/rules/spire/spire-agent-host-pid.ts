import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentHostPid: Rule = {
  id: 'SPIRE-AGENT-HOST-PID',
  level: Level.ERROR,
  title: 'the agent cannot see the processes of other pods',
  why: 'the k8s attestor finds a caller\'s pod by its PID in the host\'s /proc: no workload gets an identity',
  fix: 'set hostPID: true in the pod of the agent',
  source: 'doc/plugin_agent_workloadattestor_k8s.md',
  check: (system, report) => {
    for (const agent of system.agents) {
      if (!agent.workload || pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0 || agent.workload.pod.hostPID === true) continue;
      report.at(agent.workload.manifest, agent.workload.at('spec'), 'the agent runs the k8s attestor without hostPID');
    }
  },
};

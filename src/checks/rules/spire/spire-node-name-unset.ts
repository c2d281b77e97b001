import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNodeNameUnset: Rule = {
  id: 'SPIRE-NODE-NAME-UNSET',
  level: Level.INFO,
  title: 'the agent takes the node name from a variable nobody is seen to set',
  why: 'unset, the attestor asks the kubelet at localhost',
  fix: 'set the variable from spec.nodeName in the agent\'s DaemonSet',
  source: 'pkg/agent/plugin/workloadattestor/k8s/k8s.go',
  check: (system, report) => {
    for (const agent of system.agents) {
      const attestor = pluginsOf(agent, 'WorkloadAttestor', 'k8s')[0]?.config;
      if (agent.workload || !attestor || attestor.text('node_name_env') === '') continue;
      report.in(agent.text, attestor.at('node_name_env').line, `${attestor.text('node_name_env')} must be in the environment of the agent`);
    }
  },
};

import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSkipKubelet: Rule = {
  id: 'SPIRE-SKIP-KUBELET',
  level: Level.WARNING,
  title: 'the agent does not verify the kubelet',
  why: 'who poses as the kubelet decides which pod a process belongs to',
  fix: 'give kubelet_ca_path, and leave skip_kubelet_verification out',
  source: 'doc/plugin_agent_workloadattestor_k8s.md',
  check: (system, report) => {
    // where the kubelet's certificate is of an authority that pods do not see, so that SPIRE's chart leaves it unverified
    const isOnOpenShift = system.all('SecurityContextConstraints').length > 0;
    for (const agent of system.agents) {
      for (const { config } of pluginsOf(agent, 'WorkloadAttestor', 'k8s')) {
        if (config.bool('skip_kubelet_verification') && agent.workload?.pod.hostNetwork !== true && !isOnOpenShift) {
          report.in(agent.text, config.at('skip_kubelet_verification').line, 'skip_kubelet_verification = true while the kubelet is asked over the network');
        }
      }
    }
  },
};

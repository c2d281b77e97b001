import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireDockerAttestor: Rule = {
  id: 'SPIRE-DOCKER-ATTESTOR',
  level: Level.WARNING,
  title: 'the docker attestor runs on Kubernetes nodes',
  why: 'nodes with containerd or CRI-O have no docker.sock, and k8s selectors do not need it',
  fix: 'remove it; the k8s attestor is enough',
  source: 'pkg/agent/plugin/workloadattestor/docker',
  check: (system, report) => {
    for (const agent of system.agents) {
      if (pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0) continue;
      for (const plugin of pluginsOf(agent, 'WorkloadAttestor', 'docker')) report.in(agent.text, plugin.position.line, 'WorkloadAttestor "docker" beside "k8s"');
    }
  },
};

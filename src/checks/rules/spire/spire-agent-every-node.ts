import { agentsOfNodes } from '../../../model/spire/agents';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentEveryNode: Rule = {
  id: 'SPIRE-AGENT-EVERY-NODE',
  level: Level.WARNING,
  title: 'the agent of nodes is not on every node',
  why: 'an agent serves the pods of its own node: on the others the folder of the socket stays empty, and pods there have no identity',
  fix: 'make it a DaemonSet',
  source: 'doc/spire_agent.md; spiffe-csi',
  check: (system, report) => {
    for (const agent of agentsOfNodes(system)) {
      const { workload } = agent;
      const isOne = workload && ['Deployment', 'StatefulSet'].includes(workload.manifest.kind) && workload.pod.hostPID === true;
      if (isOne && pluginsOf(agent, 'WorkloadAttestor', 'k8s').length > 0) report.at(workload.manifest, ['kind'], `the agent is a ${workload.manifest.kind}`);
    }
  },
};

import { isUnknown, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNoReattest: Rule = {
  id: 'SPIRE-NO-REATTEST',
  level: Level.WARNING,
  title: 'an agent that can attest once only keeps its keys in memory, or shares its join token',
  why: 'after a restart it has neither keys nor another attestation: the node has no identities until somebody evicts the agent',
  fix: 'use the KeyManager "disk" on a volume that outlives the pod, or an attestor that can attest again, such as k8s_psat',
  source: 'pkg/agent/agent.go; observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const agent of system.agents) {
      const [keys] = pluginsOf(agent, 'KeyManager', 'memory');
      const [once, ...others] = pluginsOf(agent, 'NodeAttestor');
      const token = agent.config?.agent.text('join_token') ?? '';
      if (once?.name === 'join_token' && token !== '' && !isUnknown(token) && agent.workload?.manifest.kind === 'DaemonSet') {
        report.in(agent.text, agent.config!.agent.at('join_token').line, 'all nodes have one join_token, which is good for one agent', 'use an attestor of nodes, such as k8s_psat');
      }
      if (keys && once && others.length === 0 && ONCE.includes(once.name)) report.in(agent.text, keys.position.line, `KeyManager "memory" beside NodeAttestor "${once.name}"`);
    }
  },
};

/** The attestors whose nodes the server takes on first use only. */
const ONCE = ['join_token', 'aws_iid', 'azure_imds', 'azure_msi', 'gcp_iit'];

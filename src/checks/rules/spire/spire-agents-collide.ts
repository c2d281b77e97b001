import { containersOf } from '../../../model/kubernetes/containers';
import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { Agent } from '../../../model/spire/discovery';
import { isUnknown, sharedPath, volumeAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentsCollide: Rule = {
  id: 'SPIRE-AGENTS-COLLIDE',
  level: Level.ERROR,
  title: 'two agents of every node make the same socket',
  why: 'the agent that starts last removes the socket of the other: pods talk with whichever that is',
  fix: 'give each agent a hostPath of its own, or nodeSelectors that no node has both of',
  source: 'pkg/agent/endpoints/endpoints_posix.go',
  check: (system, report) => {
    const made = new Map<string, Workload>();
    for (const agent of [...agentsOfNodes(system), ...furtherAgents(system)]) {
      const { workload, config } = agent;
      const path = config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
      if (!workload || !config || !isOnEveryNode(workload) || isUnknown(path) || volumeAt(agent, path)?.hostPath === undefined) continue;
      const shared = sharedPath(agent, path);
      const other = shared === undefined ? undefined : made.get(shared);
      if (other && other !== workload) report.in(agent.text, config.agent.at('socket_path').line, `the agents ${other.name} and ${workload.name} both make ${shared} of the node`);
      if (shared !== undefined) made.set(shared, other ?? workload);
    }
  },
};

/** The agents that run with the ConfigMap of another one, such as those of a next release. */
function furtherAgents(system: System): Agent[] {
  const known = new Set(system.agents.map(({ container }) => container));
  const byMap = new Map(agentsOfNodes(system).filter(({ text }) => text.manifest?.kind === 'ConfigMap').map((agent): [string, Agent] => [`${agent.text.manifest!.namespace}/${agent.text.manifest!.name}`, agent]));
  return containersOf(system, /(^|\/)spire-agent[:@]/).filter(({ container }) => !known.has(container)).flatMap(({ workload, container }) => {
    const found = workload.volumes.flatMap(({ configMap }) => byMap.get(`${workload.namespace}/${asText(configMap?.name)}`) ?? []);
    // of one name they are variants of one
    return found.filter(agent => agent.workload?.name !== workload.name).slice(0, 1).map(agent => ({ ...agent, workload, container }));
  });
}

function isOnEveryNode(workload: Workload): boolean {
  return workload.manifest.kind === 'DaemonSet' && workload.pod.nodeSelector === undefined && asObject(workload.pod.affinity).nodeAffinity === undefined;
}

import { asObject, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { Agent } from '../../../model/spire/discovery';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentUser: Rule = {
  id: 'SPIRE-AGENT-USER',
  level: Level.ERROR,
  title: 'the agent may not run as the user of its image, or may not write as another',
  why: 'the image of spire-agent runs as root: with runAsNonRoot the kubelet does not start the container, and another user cannot write into folders of root',
  fix: 'remove runAsNonRoot from the agent, or set a runAsUser that may write to its folders',
  source: 'spire Dockerfile: USER of spire-agent',
  check: (system, report) => {
    for (const agent of system.agents) {
      const { workload, container } = agent;
      if (!workload || !container || !/(^|\/)spiffe\/spire-agent[:@]/.test(container.image)) continue;
      const [own, pods] = [container.value.securityContext, workload.pod.securityContext].map(asObject);
      const user = own.runAsUser ?? pods.runAsUser;
      const made = user === undefined || user === 0 ? undefined : folderOfRoot(agent);
      if (made !== undefined) {
        report.at(workload.manifest, own.runAsUser === undefined ? workload.at('spec', 'securityContext', 'runAsUser') : [...container.path, 'securityContext', 'runAsUser'],
          `runAsUser is ${user}, and the kubelet makes ${made} for root: the agent cannot make its socket there`, 'run the agent as root, or let an init container give the folder to its user');
      }
      const isRefused = (own.runAsNonRoot ?? pods.runAsNonRoot) === true && [undefined, 0].includes(user);
      if (!isRefused) continue;
      const path = own.runAsNonRoot === undefined ? workload.at('spec', 'securityContext', 'runAsNonRoot') : [...container.path, 'securityContext', 'runAsNonRoot'];
      report.at(workload.manifest, path, 'runAsNonRoot is true, and no runAsUser is given');
    }
  },
};

/** The folder of the socket, where the kubelet makes it and nothing in the pod gives it to another user. */
function folderOfRoot({ config, workload, container, ...agent }: Agent): string | undefined {
  const path = config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
  const hostPath = config && !isUnknown(path) ? volumeAt({ ...agent, workload, container }, path)?.hostPath : undefined;
  const isAlone = workload!.containers.every(one => one.value === container!.value);
  return hostPath?.type === 'DirectoryOrCreate' && isAlone ? asText(hostPath.path) : undefined;
}

import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentUser: Rule = {
  id: 'SPIRE-AGENT-USER',
  level: Level.ERROR,
  title: 'the agent may not run as the user of its image',
  why: 'the image of spire-agent runs as root: with runAsNonRoot the kubelet does not start the container',
  fix: 'remove runAsNonRoot from the agent, or set a runAsUser that may write to its folders',
  source: 'spire Dockerfile: USER of spire-agent',
  check: (system, report) => {
    for (const { workload, container } of system.agents) {
      if (!workload || !container || !/(^|\/)spiffe\/spire-agent[:@]/.test(container.image)) continue;
      const [own, pods] = [container.value.securityContext, workload.pod.securityContext].map(asObject);
      const isRefused = (own.runAsNonRoot ?? pods.runAsNonRoot) === true && [undefined, 0].includes(own.runAsUser ?? pods.runAsUser);
      if (!isRefused) continue;
      const path = own.runAsNonRoot === undefined ? workload.at('spec', 'securityContext', 'runAsNonRoot') : [...container.path, 'securityContext', 'runAsNonRoot'];
      report.at(workload.manifest, path, 'runAsNonRoot is true, and no runAsUser is given');
    }
  },
};

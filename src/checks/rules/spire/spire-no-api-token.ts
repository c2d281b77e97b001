import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObjects, asText } from '../../../model/manifest';
import { MANAGER, apiCallerOf, kubeletCallerOf } from '../../../model/spire/api-callers';
import { managerContainers } from '../../../model/spire/managers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNoApiToken: Rule = {
  id: 'SPIRE-NO-API-TOKEN',
  level: Level.ERROR,
  title: 'a program of SPIRE that calls the API server or the kubelet has no token of its service account',
  why: 'it finds no file at /var/run/secrets/kubernetes.io/serviceaccount: no agent attests, no entry is made, or the agent does not start',
  fix: 'remove automountServiceAccountToken: false, or mount a projected token there',
  source: 'Kubernetes: ServiceAccount admission; observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    const callers = [...system.servers.map(server => ({ program: server, caller: apiCallerOf(system, server) })),
      ...system.agents.map(agent => ({ program: agent, caller: kubeletCallerOf(agent) }))];
    for (const { program: { workload, container }, caller } of callers) {
      if (!workload || !container || caller === undefined) continue;
      const containers = caller === MANAGER ? managerContainers(workload) : [container];
      if (containers.some(one => !hasNoToken(system, workload, one))) continue;
      const isOwn = workload.pod.automountServiceAccountToken === false;
      report.at(workload.manifest, workload.at('spec', isOwn ? 'automountServiceAccountToken' : 'serviceAccountName'),
        `automountServiceAccountToken is false${isOwn ? '' : ` in ServiceAccount ${workload.serviceAccount}`}, and ${caller} needs the token`);
    }
  },
};

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

function hasNoToken(system: System, workload: Workload, container: Container): boolean {
  const account = system.find('ServiceAccount', workload.namespace, workload.serviceAccount);
  const isOff = workload.pod.automountServiceAccountToken ?? account?.value.automountServiceAccountToken;
  return isOff === false && !asObjects(container.value.volumeMounts).some(({ mountPath }) => FOLDER.startsWith(asText(mountPath).replace(/\/$/, '')));
}

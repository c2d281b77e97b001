import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireFolderOfRoot: Rule = {
  id: 'SPIRE-FOLDER-OF-ROOT',
  level: Level.WARNING,
  title: 'a program of SPIRE writes to a folder of root as another user',
  why: 'the kubelet makes folders of the node for root, and a new disk is root\'s where no fsGroup changes that: the program ends with "permission denied"',
  fix: 'give the server\'s pods fsGroup, and let the agent run as root, or an init container give it the folder',
  source: 'Kubernetes: hostPath, fsGroup',
  check: (system, report) => {
    for (const { config, workload, container } of agentsOfNodes(system)) {
      const path = config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
      if (!config || !workload || !container || isUnknown(path)) continue;
      checkFolder(system, report, workload, container, path, ({ hostPath }) => hostPath !== undefined);
    }
    for (const { config, workload, container } of system.servers) {
      const path = `${config?.server.text('data_dir') ?? ''}/.`;
      const hasGroup = asObject(workload?.pod.securityContext).fsGroup !== undefined;
      if (!workload || !container || !path.startsWith('/') || isUnknown(path) || hasGroup) continue;
      checkFolder(system, report, workload, container, path, ({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
    }
  },
};

type Check = (system: System, report: Report, workload: Workload, container: Container, path: string, isOfRoot: (volume: Json) => boolean) => void;

const checkFolder: Check = (system, report, workload, container, path, isOfRoot) => {
  const user = [container.value.securityContext, workload.pod.securityContext].map(one => asObject(one).runAsUser).find(one => one !== undefined);
  // init containers may give the folder away; on OpenShift the cluster sets fsGroup
  if (typeof user !== 'number' || user === 0 || workload.containers.some(({ init }) => init) || system.all('SecurityContextConstraints').length > 0) return;
  const mounts = asObjects(container.value.volumeMounts).filter(({ mountPath }) => path.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`));
  const [mount] = mounts.sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length);
  const volume = mount && (workload.volume(asText(mount.name)) ?? claimOf(workload, asText(mount.name)));
  if (volume && isOfRoot(volume)) report.at(workload.manifest, container.path, `${container.name} runs as user ${user}, and ${asText(mount.mountPath)} is a folder of root`);
};

/** The volume that a StatefulSet makes out of a template. */
function claimOf({ manifest }: Workload, name: string): Json | undefined {
  const template = asObjects(manifest.spec.volumeClaimTemplates).find(({ metadata }) => asObject(metadata).name === name);
  return template && { persistentVolumeClaim: {} };
}

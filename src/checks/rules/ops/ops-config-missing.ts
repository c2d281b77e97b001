import { containersOf } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** Programs that read one file of settings at start. OPA has a rule of its own. */
const PROGRAMS = /spire-(server|agent|controller-manager)|oidc-discovery-provider|envoy/;
const OPTION = /^--?(?:config|config-path|c)(?:=(.*))?$/;

export const opsConfigMissing: Rule = {
  id: 'OPS-CONFIG-MISSING',
  level: Level.WARNING,
  title: 'a program is to read its settings from a ConfigMap that is not in the input',
  why: 'without it the pod stays in ContainerCreating, and nothing says why but an event',
  fix: 'correct the name, or add the ConfigMap',
  source: 'Kubernetes: ConfigMap volumes',
  check: (system, report) => {
    // Generators of kustomize make ConfigMaps, with a hash in their names.
    if (system.manifests.some(({ value }) => value?.configMapGenerator !== undefined)) return;
    for (const { workload, container } of containersOf(system, PROGRAMS)) {
      const volume = settingsVolume(workload, container);
      if (!volume) continue;
      const problem = problemOf(system, workload, asObject(volume.configMap));
      const path: Path = workload.at('spec', 'volumes', workload.volumes.indexOf(volume));
      if (problem) report.at(workload.manifest, path, problem);
    }
  },
};

/** The volume that holds the file which a container is told to read. */
function settingsVolume(workload: Workload, container: Container): Json | undefined {
  const words = Workload.args(container).flatMap(arg => arg.split(/\s+/));
  const files = words.map((word, i) => OPTION.exec(word) && (OPTION.exec(word)![1] ?? words[i + 1])).filter(word => word && /\.|^\//.test(word));
  if (files.length === 0) return undefined;
  const file = files[0]!.replace(/^\/?/, '/');
  const mounts = asObjects(container.value.volumeMounts).filter(({ mountPath }) => file === mountPath || file.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`));
  const mount = mounts.sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
  return mount && workload.volume(asText(mount.name));
}

function problemOf(system: System, workload: Workload, { name, optional, items }: Json): string | undefined {
  if (asText(name) === '' || optional === true) return undefined;
  const found = system.find('ConfigMap', workload.namespace, asText(name));
  const all = system.all('ConfigMap').filter(map => map.group === '' && !PUBLISHED.test(map.name));
  if (!found) {
    const near = all.filter(map => map.namespace === workload.namespace).map(map => map.name);
    const elsewhere = all.filter(map => map.name === name).map(map => map.namespace);
    if (near.length === 0 && elsewhere.length === 0) return undefined;
    return elsewhere.length > 0 ? `there is no ConfigMap ${asText(name)} in namespace "${workload.namespace}"; there is one in "${elsewhere.join('", "')}"`
      : `there is no ConfigMap ${asText(name)} in namespace "${workload.namespace}"; there is ${near.slice(0, 5).join(', ')}`;
  }
  const keys = [...Object.keys(asObject(found.value.data)), ...Object.keys(asObject(found.value.binaryData))];
  const lacking = asObjects(items).map(({ key }) => asText(key)).find(key => !keys.includes(key));
  return lacking === undefined || keys.length === 0 ? undefined : `ConfigMap ${found.name} has no key "${lacking}"; it has ${keys.join(', ')}`;
}

/** ConfigMaps that programs make. */
const PUBLISHED = /^(kube-root-ca\.crt|istio-ca-root-cert|.*bundle.*)$/;

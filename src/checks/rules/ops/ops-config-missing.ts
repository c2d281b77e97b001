import { collect } from '../../../model/collect';
import { isFilledIn } from '../../../model/filled-in';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { kustomizationsOf } from '../../../model/kustomize';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { publishedBundles } from '../../../model/spire/bundles';
import { sourcesOf } from '../../../model/spire/mounted-configs';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** Programs that read one file of settings at start. OPA has a rule of its own. */
const PROGRAMS = /spire-(server|agent|controller-manager)|oidc-discovery-provider|envoy/;
const OPTION = /^--?(?:config|config-path|c)(?:=(.*))?$/;

export const opsConfigMissing: Rule = {
  id: 'OPS-CONFIG-MISSING',
  level: Level.WARNING,
  title: 'a pod reads a ConfigMap that is not in the input, where others are, or a key that it does not have',
  why: 'without it the container waits in ContainerCreating or CreateContainerConfigError, and nothing says why but an event',
  fix: 'correct the name, or add the ConfigMap',
  source: 'Kubernetes: ConfigMap volumes and variables',
  check: (system, report) => {
    // generators of kustomize make ConfigMaps of many places: of those that get no other name, the settings of programs are told
    const isGenerated = system.manifests.some(({ value }) => value?.configMapGenerator !== undefined);
    if (isGenerated && kustomizationsOf(system).some(({ value }) => RENAMING.some(name => value[name] !== undefined))) return;
    for (const workload of system.workloads) {
      const references = mayRead(workload) ? referencesOf(workload) : [];
      const programs = references.length > 0 ? workload.containers.filter(({ image }) => PROGRAMS.test(image)) : [];
      for (const reference of references) {
        const problem = problemOf(system, workload, reference) ?? lackingFile(system, workload, programs, reference);
        if (problem === undefined) continue;
        const isOfProgram = reference.volume !== undefined && programs.some(container => settingsVolume(workload, container) === reference.volume);
        const isKnown = system.clusters.some(cluster => written(cluster).namespaces.has(asText(reference.source.name)));
        if (isGenerated && (isKnown || !isOfProgram)) continue;
        if (!isOfProgram && !problem.includes(' reads ') && (isMadeLater(system, reference.source.name) || mayHaveOtherPods(system, workload.namespace))) continue;
        report.at(workload.manifest, reference.path(), problem);
      }
    }
  },
};

const RENAMING = ['namePrefix', 'nameSuffix', 'generators', 'transformers', 'helmCharts', 'helmChartInflationGenerator'];

interface Reference {
  readonly source: Json;
  readonly keys: readonly string[];
  readonly path: () => Path;
  readonly volume?: Json;
}

/** Whether a pod takes anything from elsewhere: most take nothing, and are not looked at further. */
function mayRead({ volumes, containers }: Workload): boolean {
  return volumes.some(({ configMap, projected }) => configMap || projected) || containers.some(({ takesVariables }) => takesVariables);
}

function referencesOf(workload: Workload): Reference[] {
  const found: Reference[] = [];
  const add = (value: unknown, keys: (source: Json) => string[], path: () => Path, volume?: Json): void => {
    const source = asObject(value);
    const name = asText(source.name);
    if (name !== '' && !isFilledIn(name) && source.optional !== true) found.push({ source, keys: keys(source), path, volume });
  };
  workload.volumes.forEach((volume, i) => {
    if (volume.configMap) add(volume.configMap, keysOf, () => workload.at('spec', 'volumes', i), volume);
    for (const { configMap } of volume.projected ? asObjects(asObject(volume.projected).sources) : []) add(configMap, keysOf, () => workload.at('spec', 'volumes', i), volume);
  });
  for (const container of workload.containers.filter(({ takesVariables }) => takesVariables)) {
    asObjects(container.value.envFrom).forEach(({ configMapRef }, i) => add(configMapRef, () => [], () => [...container.path, 'envFrom', i]));
    asObjects(container.value.env).forEach(({ valueFrom }, i) => {
      if (valueFrom) add(asObject(valueFrom).configMapKeyRef, ({ key }) => [asText(key)].filter(one => one !== ''), () => [...container.path, 'env', i]);
    });
  }
  return found;
}

function keysOf({ items }: Json): string[] {
  return asObjects(items).map(({ key }) => asText(key));
}

/** The file that a container is told to read. */
function settingsFile(container: Container): string | undefined {
  const words = Workload.args(container).flatMap(arg => arg.split(/\s+/));
  const files = words.map((word, i) => OPTION.exec(word) && (OPTION.exec(word)![1] ?? words[i + 1])).filter(word => word && /\.|^\//.test(word));
  return files[0]?.replace(/^\/?/, '/');
}

/** The folder at which a program finds its file, where it looks for it in another one that nothing is mounted at. */
function misplaced(workload: Workload, container: Container, volume: Json, known: readonly string[]): string | undefined {
  const isScript = /sh$/.test(container.args[0] ?? '');
  const file = isScript || settingsVolume(workload, container) ? undefined : settingsFile(container);
  const mount = asObjects(container.value.volumeMounts).find(({ name, subPath }) => name === volume.name && subPath === undefined);
  return file !== undefined && mount && known.includes(file.replace(/^.*\//, '')) ? `${container.name} reads ${file}, which is in ${asText(mount.mountPath)}` : undefined;
}

/** What is wrong where a program is told to read a key of a ConfigMap that the ConfigMap does not have. */
function lackingFile(system: System, workload: Workload, programs: readonly Container[], { source, volume }: Reference): string | undefined {
  if (programs.length === 0 || !volume?.configMap || asObjects(source.items).length > 0) return undefined;
  const known = keysIn(system.find('ConfigMap', workload.namespace, asText(source.name)));
  const elsewhere = programs.map(container => misplaced(workload, container, volume, known)).find(problem => problem !== undefined);
  if (elsewhere) return elsewhere;
  for (const container of known.length > 0 ? programs.filter(one => settingsVolume(workload, one) === volume) : []) {
    const [, key] = sourcesOf(workload, container, settingsFile(container)!)[0]?.split('/') ?? [];
    const mounts = asObjects(container.value.volumeMounts).filter(({ name }) => name === volume.name);
    if (mounts.every(({ subPath }) => subPath === undefined) && key !== undefined && !known.includes(key)) {
      return `${container.name} reads "${key}" of ConfigMap ${asText(source.name)}, which has ${known.join(', ')}`;
    }
  }
  return undefined;
}

function keysIn(map: Manifest | undefined): string[] {
  return [...Object.keys(asObject(map?.value.data)), ...Object.keys(asObject(map?.value.binaryData))];
}

/** The volume that holds the file which a container is told to read. */
function settingsVolume(workload: Workload, container: Container): Json | undefined {
  const file = settingsFile(container);
  if (file === undefined) return undefined;
  const mounts = asObjects(container.value.volumeMounts).filter(({ mountPath }) => file === mountPath || file.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`));
  const mount = mounts.sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
  return mount && workload.volume(asText(mount.name));
}

function problemOf(system: System, workload: Workload, { source, keys }: Reference): string | undefined {
  const name = asText(source.name);
  const found = system.find('ConfigMap', workload.namespace, name);
  if (!found) {
    const near = [...new Set(written(system).names.get(workload.namespace))];
    const elsewhere = written(system).namespaces.get(name) ?? [];
    if (near.length === 0 && elsewhere.length === 0) return undefined;
    return elsewhere.length > 0 ? `there is no ConfigMap ${name} in namespace "${workload.namespace}"; there is one in "${elsewhere.join('", "')}"`
      : `there is no ConfigMap ${name} in namespace "${workload.namespace}"; there is ${near.slice(0, 5).join(', ')}`;
  }
  const known = keysIn(found);
  const lacking = keys.find(key => !known.includes(key));
  return lacking === undefined || known.length === 0 ? undefined : `ConfigMap ${found.name} has no key "${lacking}"; it has ${known.join(', ')}`;
}

/** ConfigMaps that programs make. */
const PUBLISHED = /bundle|\bca\b|trust|root-cert/;

/** The ConfigMaps of the input that no program makes: their names by namespace, and their namespaces by name. */
const written = once((system: System): Record<'names' | 'namespaces', Map<string, string[]>> => {
  const [names, namespaces] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { namespace, name } of system.all('ConfigMap').filter(map => map.group === '' && !PUBLISHED.test(map.name))) {
    collect(names, namespace, name);
    collect(namespaces, name, namespace);
  }
  return { names, namespaces };
});

function isMadeLater(system: System, name: string): boolean {
  return PUBLISHED.test(name) || publishedBundles(system).some(bundle => bundle.name === name);
}

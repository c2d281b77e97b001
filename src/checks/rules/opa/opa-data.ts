import { filesOf } from '../../../model/kubernetes/config-files';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { loadedPaths, opaContainers, policiesIn } from '../../../model/opa';
import { readManifests } from '../../../model/reader';
import { withoutStrings } from '../../../model/rego';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaData: Rule = {
  id: 'OPA-DATA',
  level: Level.WARNING,
  title: 'a policy uses data that is not loaded with it',
  why: 'what is not there is undefined: the rule never holds, so what it allows is refused, and what it denies is let in',
  fix: 'add the data to the ConfigMap, or correct its name in the policy',
  source: 'openpolicyagent.org: base documents in data',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const mounts = asObjects(container.value.volumeMounts);
      const maps = mounts.map(({ name }) => workload.volume(asText(name))).map(volume => system.find('ConfigMap', workload.namespace, asText(asObject(volume?.configMap).name)));
      const isWhole = maps.length > 0 && !maps.includes(undefined) && !args.some(arg => /bundle|discovery|services|^-b$|config-file/.test(arg)) && !hasFeeder(workload)
        && isAtRoot(args, mounts.map(({ mountPath }) => asText(mountPath)));
      const known = isWhole ? loaded(system, maps as Manifest[]) : undefined;
      for (const rego of known ? policiesIn(system, maps) : []) {
        withoutStrings(rego.text).split('\n').forEach((line, i) => {
          for (const [, name] of line.matchAll(/(?<![\w.\])]|\bwith )data\.([a-zA-Z_]\w*)/g)) {
            if (!known!.has(name)) report.in(rego, i + 1, `nothing is loaded as data.${name}; there is ${[...known!].join(', ') || 'nothing'}`);
          }
        });
      }
    }
  },
};

/** Whether data gets the names that it has in its files: OPA puts those of folders, and of a prefix in an argument, before them. */
function isAtRoot(args: readonly string[], mounts: readonly string[]): boolean {
  return !args.some(arg => /^[\w.]+:\//.test(arg)) && loadedPaths(args).every(path => mounts.some(mount => `${path}/`.startsWith(`${mount.replace(/\/$/, '')}/`)));
}

/** Whether somebody else in the pod may send data to OPA. */
function hasFeeder({ containers }: Workload): boolean {
  return containers.some(({ image }) => /kube-mgmt|opal|git-sync|replicator/.test(image));
}

/** The first names of what is in some ConfigMaps: packages, and keys of documents. */
function loaded(system: System, maps: readonly Manifest[]): Set<string> {
  const packages = policiesIn(system, maps).map(({ text }) => /^[ \t]*package\s+(\w+)/m.exec(text)?.[1] ?? '');
  const documents = maps.flatMap(map => Object.entries(filesOf(map))).filter(([name]) => /\.(json|ya?ml)$/.test(name))
    .flatMap(([name, text]) => readManifests(name, text).manifests).flatMap(({ value }) => Object.keys(asObject(value)));
  return new Set([...packages, ...documents, 'system'].filter(name => name !== ''));
}

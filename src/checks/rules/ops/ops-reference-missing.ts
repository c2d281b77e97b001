import { isFilledIn } from '../../../model/filled-in';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { Workload } from '../../../model/kubernetes/workload';
import { Path, asObject, asObjects, asText } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsReferenceMissing: Rule = {
  id: 'OPS-REFERENCE-MISSING',
  level: Level.WARNING,
  title: 'a pod names a ServiceAccount, Secret, PriorityClass or Service that is not in the input, where others are',
  why: 'without its service account or priority class no pod is made, without its Secret it does not start, without its Service it has no name',
  fix: 'correct the name, or add the object',
  source: 'Kubernetes: admission of ServiceAccount and Priority; Secret volumes; StatefulSet serviceName',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const reference of referencesOf(workload)) {
        const problem = problemOf(system, workload, reference);
        if (problem) report.at(workload.manifest, reference.path(), problem);
      }
    }
  },
};

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly path: () => Path;
  /** What is read of a Secret. */
  readonly key: string;
}

function referencesOf(workload: Workload): Reference[] {
  const { pod, manifest } = workload;
  const found: Reference[] = [];
  const add = (kind: string, value: unknown, path: () => Path, key = ''): void => {
    const name = asText(value);
    if (name !== '' && !isFilledIn(name)) found.push({ kind, name, path, key });
  };
  add('ServiceAccount', asText(pod.serviceAccountName) || pod.serviceAccount, () => workload.at('spec', 'serviceAccountName'));
  add('PriorityClass', pod.priorityClassName, () => workload.at('spec', 'priorityClassName'));
  if (manifest.kind === 'StatefulSet') add('Service', manifest.spec.serviceName, () => ['spec', 'serviceName']);
  workload.volumes.forEach(({ secret }, i) => {
    if (secret && secret.optional !== true) add('Secret', secret.secretName, () => workload.at('spec', 'volumes', i));
  });
  for (const container of workload.containers.filter(({ takesVariables }) => takesVariables)) {
    asObjects(container.value.env).forEach(({ valueFrom }, i) => {
      const secret = valueFrom && asObject(asObject(valueFrom).secretKeyRef);
      if (secret && secret.optional !== true) add('Secret', secret.name, () => [...container.path, 'env', i], asText(secret.key));
    });
    asObjects(container.value.envFrom).forEach(({ secretRef }, i) => {
      if (secretRef && secretRef.optional !== true) add('Secret', secretRef.name, () => [...container.path, 'envFrom', i]);
    });
  }
  return found;
}

/** The names that objects of a kind have, by namespace. */
const namesOf = onceIn((system: System, kind: string): Map<string, string[]> => {
  const names = new Map<string, string[]>();
  for (const { namespace, name } of system.all(kind)) {
    const known = names.get(namespace);
    if (known) known.push(name);
    else names.set(namespace, [name]);
  }
  return names;
});

function problemOf(system: System, workload: Workload, { kind, name, key }: Reference): string | undefined {
  const secret = key === '' || isFilledIn(key) ? undefined : system.find(kind, workload.namespace, name);
  const keys = secret && Object.keys({ ...asObject(secret.value.data), ...asObject(secret.value.stringData) });
  // an empty one is filled by somebody else
  if (keys && keys.length > 0 && !keys.includes(key) && Object.keys(secret.annotations).length === 0) return `Secret ${name} has no key ${key}; it has ${keys.slice(0, 5).join(', ')}`;
  const isOfCluster = kind === 'PriorityClass';
  if (system.find(kind, isOfCluster ? '' : workload.namespace, name) || BUILT_IN[kind]?.includes(name)) return undefined;
  const names = namesOf(system, kind);
  const seen = isOfCluster ? [...names.values()].flat() : names.get(workload.namespace) ?? [];
  if (seen.includes(name)) return undefined;
  // The others are often made by somebody else, or not needed: only a slip of the pen is told.
  const isSure = kind === 'ServiceAccount' && !mayHaveOtherPods(system, workload.namespace);
  const near = isSure ? seen : [...seen, ...BUILT_IN[kind] ?? []].filter(one => isSlip(name, one));
  const place = isOfCluster ? '' : ` in namespace "${workload.namespace}"`;
  return near.length > 0 ? `there is no ${kind} ${name}${place}; there is ${[...new Set(near)].slice(0, 5).join(', ')}` : undefined;
}

const BUILT_IN: Record<string, string[]> = { ServiceAccount: ['default'], PriorityClass: ['system-node-critical', 'system-cluster-critical'] };

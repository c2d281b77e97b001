import { isFilledIn } from '../../../model/filled-in';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { Workload } from '../../../model/kubernetes/workload';
import { Path, asObject, asObjects, asText } from '../../../model/manifest';
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
        if (problem) report.at(workload.manifest, reference.path, problem);
      }
    }
  },
};

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

function referencesOf(workload: Workload): Reference[] {
  const { pod, manifest } = workload;
  const secrets = workload.volumes.flatMap(({ secret }, i): Reference[] => asObject(secret).optional === true ? []
    : [{ kind: 'Secret', name: asText(asObject(secret).secretName), path: workload.at('spec', 'volumes', i) }]);
  const found: Reference[] = [
    { kind: 'ServiceAccount', name: asText(pod.serviceAccountName) || asText(pod.serviceAccount), path: workload.at('spec', 'serviceAccountName') },
    { kind: 'PriorityClass', name: asText(pod.priorityClassName), path: workload.at('spec', 'priorityClassName') },
    ...manifest.kind === 'StatefulSet' ? [{ kind: 'Service', name: asText(manifest.spec.serviceName), path: ['spec', 'serviceName'] }] : [],
    ...secrets,
    ...secretsOfVariables(workload),
  ];
  return found.filter(({ name }) => name !== '' && !isFilledIn(name));
}

function secretsOfVariables(workload: Workload): Reference[] {
  return workload.containers.flatMap(({ value, path }) => [
    ...asObjects(value.env).map((env, i) => ({ secret: asObject(asObject(env.valueFrom).secretKeyRef), path: [...path, 'env', i] })),
    ...asObjects(value.envFrom).map((from, i) => ({ secret: asObject(from.secretRef), path: [...path, 'envFrom', i] })),
  ]).filter(({ secret }) => secret.optional !== true).map(one => ({ kind: 'Secret', name: asText(one.secret.name), path: one.path }));
}

function problemOf(system: System, workload: Workload, { kind, name }: Reference): string | undefined {
  const isOfCluster = kind === 'PriorityClass';
  if (system.find(kind, isOfCluster ? '' : workload.namespace, name) || BUILT_IN[kind]?.includes(name)) return undefined;
  const seen = system.all(kind).filter(one => isOfCluster || one.namespace === workload.namespace).map(one => one.name);
  const known = [...seen, ...BUILT_IN[kind] ?? []];
  if (seen.includes(name)) return undefined;
  // The others are often made by somebody else, or not needed: only a slip of the pen is told.
  const isSure = kind === 'ServiceAccount' && !mayHaveOtherPods(system, workload.namespace);
  const near = isSure ? seen : known.filter(one => isSlip(name, one));
  const place = isOfCluster ? '' : ` in namespace "${workload.namespace}"`;
  return near.length > 0 ? `there is no ${kind} ${name}${place}; there is ${[...new Set(near)].slice(0, 5).join(', ')}` : undefined;
}

const BUILT_IN: Record<string, string[]> = { ServiceAccount: ['default'], PriorityClass: ['system-node-critical', 'system-cluster-critical'] };

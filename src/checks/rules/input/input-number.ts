import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputNumber: Rule = {
  id: 'INPUT-NUMBER',
  level: Level.ERROR,
  title: 'a text stands where Kubernetes wants a number',
  why: 'the API server refuses the object: it cannot make a number of a text',
  fix: 'write the number without quotes',
  source: 'Kubernetes API: int32 and int64 fields of apps/v1, core/v1, autoscaling/v2',
  check: (system, report) => {
    const objects = system.manifests.filter(({ group }) => GROUPS.includes(group)).flatMap(numbersOf);
    for (const { manifest, path, value } of [...objects, ...system.workloads.flatMap(numbersOfPod)]) {
      // what is filled in is no number yet
      if (/^\d+$/.test(value)) report.at(manifest, path, `${path[path.length - 1]} is the text "${value}"`);
    }
  },
};

interface Place {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly value: string;
}

const GROUPS = ['', 'apps', 'batch', 'autoscaling'];
const OF_SPEC = ['replicas', 'minReplicas', 'maxReplicas', 'revisionHistoryLimit', 'backoffLimit', 'activeDeadlineSeconds', 'minReadySeconds'];
const OF_PROBE = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'];
const OF_SECURITY = ['runAsUser', 'runAsGroup', 'fsGroup'];

function textsIn(manifest: Manifest, value: Json, fields: readonly string[], path: Path): Place[] {
  return fields.filter(field => typeof asObject(value)[field] === 'string').map(field => ({ manifest, path: [...path, field], value: value[field] as string }));
}

function numbersOf(manifest: Manifest): Place[] {
  const ports = manifest.kind === 'Service' ? asObjects(manifest.spec.ports) : [];
  return [
    ...textsIn(manifest, manifest.spec, OF_SPEC, ['spec']),
    ...ports.flatMap((port, i) => textsIn(manifest, port, ['port', 'nodePort'], ['spec', 'ports', i])),
  ];
}

function numbersOfPod({ manifest, pod, path, containers }: Workload): Place[] {
  return [
    ...textsIn(manifest, pod, ['terminationGracePeriodSeconds'], [...path, 'spec']),
    ...textsIn(manifest, pod.securityContext, OF_SECURITY, [...path, 'spec', 'securityContext']),
    ...containers.flatMap(({ value, path: at }) => [
      ...asObjects(value.ports).flatMap((port, i) => textsIn(manifest, port, ['containerPort', 'hostPort'], [...at, 'ports', i])),
      ...textsIn(manifest, value.securityContext, OF_SECURITY, [...at, 'securityContext']),
      ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe => textsIn(manifest, value[probe], OF_PROBE, [...at, probe])),
    ]),
  ];
}

import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { Manifest, asObject, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsHpaTarget: Rule = {
  id: 'OPS-HPA-TARGET',
  level: Level.WARNING,
  title: 'an autoscaler has nothing to scale',
  why: 'it finds no object with a scale, and the number of pods stays what it is',
  fix: 'name a Deployment or StatefulSet of the same namespace',
  source: 'Kubernetes: HorizontalPodAutoscaler',
  check: (system, report) => {
    for (const scaler of system.all('HorizontalPodAutoscaler').filter(({ group }) => group === 'autoscaling')) {
      const problem = problemOf(system, scaler);
      if (problem) report.at(scaler, ['spec', 'scaleTargetRef'], problem);
    }
  },
};

/** Kinds whose objects have no scale. */
const UNSCALED = ['DaemonSet', 'Job', 'CronJob', 'Pod'];
const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet'];

function problemOf(system: System, { spec, namespace }: Manifest): string | undefined {
  const { kind, name } = asObject(spec.scaleTargetRef);
  if (UNSCALED.includes(kind)) return `a ${asText(kind)} cannot be scaled`;
  if (system.find(asText(kind), namespace, asText(name))) return undefined;
  const near = system.workloadsIn(namespace).filter(({ manifest }) => SCALED.includes(manifest.kind));
  if (!SCALED.includes(kind) || near.length === 0 || mayHaveOtherPods(system, namespace)) return undefined;
  return `there is no ${asText(kind)} ${asText(name)} in namespace "${namespace}"; there is ${[...new Set(near.map(workload => `${workload.manifest.kind} ${workload.name}`))].slice(0, 5).join(', ')}`;
}

import { Workload } from './workload';
import { Manifest, asObject } from '../manifest';
import { System } from '../system';

/** How many pods of a workload there may be, with what autoscalers make of it. */
export function replicasOf(system: System, workload: Workload): number {
  return Math.max(workload.replicas, ...autoscalersOf(system, workload).map(({ spec }) => (typeof spec.maxReplicas === 'number' ? spec.maxReplicas : 1)));
}

/** The autoscalers of a workload. */
export function autoscalersOf(system: System, workload: Workload): Manifest[] {
  return system.all('HorizontalPodAutoscaler').filter(({ namespace, spec }) => {
    const target = asObject(spec.scaleTargetRef);
    return namespace === workload.namespace && target.kind === workload.manifest.kind && target.name === workload.name;
  });
}

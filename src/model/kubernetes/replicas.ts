import { Workload } from './workload';
import { asObject } from '../manifest';
import { System } from '../system';

/** How many pods of a workload there may be, with what autoscalers make of it. */
export function replicasOf(system: System, workload: Workload): number {
  const scaled = system.all('HorizontalPodAutoscaler').filter(({ namespace, spec }) => {
    const target = asObject(spec.scaleTargetRef);
    return namespace === workload.namespace && target.kind === workload.manifest.kind && target.name === workload.name;
  });
  return Math.max(workload.replicas, ...scaled.map(({ spec }) => (typeof spec.maxReplicas === 'number' ? spec.maxReplicas : 1)));
}

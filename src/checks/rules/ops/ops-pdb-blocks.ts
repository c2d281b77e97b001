import { replicasOf } from '../../../model/kubernetes/replicas';
import { selectedPods } from '../../../model/kubernetes/selected-pods';
import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPdbBlocks: Rule = {
  id: 'OPS-PDB-BLOCKS',
  level: Level.WARNING,
  title: 'a PodDisruptionBudget lets no pod go',
  why: 'no node with such a pod can be drained: upgrades of the cluster wait for ever',
  fix: 'run more replicas than minAvailable, or write maxUnavailable: 1; give each pod one budget only',
  source: 'Kubernetes: PodDisruptionBudget; pkg/registry/core/pod/storage/eviction.go',
  check: (system, report) => {
    const guarded = new Map<Workload, Manifest>();
    for (const budget of system.all('PodDisruptionBudget').filter(({ group, spec }) => group === 'policy' && !isEmptySelector(spec.selector))) {
      const workloads = selectedPods(system, budget.namespace, budget.spec.selector).filter(({ manifest }) => COUNTED.includes(manifest.kind));
      for (const workload of workloads) {
        const other = guarded.get(workload);
        if (other && other.name !== budget.name) report.at(budget, ['spec', 'selector'], `the pods of ${workload.name} have the budget ${other.name}, too: with two no pod can be evicted`);
        guarded.set(workload, budget);
      }
      const problem = problemOf(system, budget, workloads);
      if (problem) report.at(budget, ['spec', problem[0]], problem[1]);
    }
  },
};

/** Kinds that say how many pods there are. */
const COUNTED = ['Deployment', 'StatefulSet', 'ReplicaSet'];

function problemOf(system: System, { spec }: Manifest, workloads: Workload[]): [field: string, message: string] | undefined {
  const replicas = workloads.map(workload => replicasOf(system, workload)).reduce((sum, count) => sum + count, 0);
  if (replicas === 0) return undefined;
  const [most, least] = [share(spec.maxUnavailable, replicas), share(spec.minAvailable, replicas)];
  const names = workloads.map(({ name }) => name).join(', ');
  if (most === 0) return ['maxUnavailable', `maxUnavailable is ${asText(spec.maxUnavailable)}: no pod of ${names} may be away`];
  return least !== undefined && least >= replicas ? ['minAvailable', `minAvailable is ${asText(spec.minAvailable)}, and ${names} has ${replicas}`] : undefined;
}

/** A number of pods, or a part of them in percent, which is rounded up. */
function share(value: Json, replicas: number): number | undefined {
  if (typeof value === 'number') return value;
  const [, percent] = /^(\d+)%$/.exec(asText(value)) ?? [];
  return percent === undefined ? undefined : Math.ceil(Number(percent) * replicas / 100);
}

import { selects } from '../../../model/kubernetes/selector';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPdb: Rule = {
  id: 'OPS-PDB',
  level: Level.INFO,
  title: 'several SPIRE servers have no disruption budget',
  why: 'an upgrade of the nodes can take all of them at once',
  fix: 'add a PodDisruptionBudget',
  source: 'doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const { workload } = server;
      if (!workload || workload.replicas <= 1) continue;
      const kept = system.all('PodDisruptionBudget').some(budget => budget.namespace === workload.namespace && selects(budget.spec.selector, workload.labels));
      if (!kept) report.at(workload.manifest, ['spec', 'replicas'], `${workload.replicas} replicas without a PodDisruptionBudget`);
    }
  },
};

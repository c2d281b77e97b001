import { selectsLabels } from '../../../model/kubernetes/selector';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaNoService: Rule = {
  id: 'OPA-NO-SERVICE',
  level: Level.WARNING,
  title: 'nothing can reach OPA',
  why: 'a Deployment of OPA has no Service, and beside the workload it would need no network at all',
  fix: 'run OPA as a sidecar, or add a Service',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const { workload } of opaContainers(system)) {
      if (workload.manifest.kind !== 'Deployment' || workload.containers.filter(container => !container.init).length > 1) continue;
      if (system.all('Service').some(service => service.namespace === workload.namespace && service.spec.selector && selectsLabels(service.spec.selector, workload.labels))) continue;
      report.at(workload.manifest, ['metadata', 'name'], `no Service selects ${workload.name}`);
    }
  },
};

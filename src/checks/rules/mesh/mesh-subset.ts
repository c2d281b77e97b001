import { selectsLabels } from '../../../model/kubernetes/selector';
import { Json, Manifest, asObjects, asText } from '../../../model/manifest';
import { destinationRules } from '../../../model/mesh/destination-rules';
import { fullName, serviceOf } from '../../../model/mesh/hosts';
import { destinationsOf } from '../../../model/mesh/routes';
import { workloadsWith } from '../../../model/mesh/selection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSubset: Rule = {
  id: 'MESH-SUBSET',
  level: Level.ERROR,
  title: 'a route goes to a subset that is not there',
  why: 'every request of the route ends in 503',
  fix: 'define the subset, or deploy pods with its labels',
  source: 'observed: istioctl analyze does not see missing pods',
  check: (system, report) => {
    for (const { route: { service }, path, value, host } of destinationsOf(system)) {
      const rules = destinationRules(system, fullName(host, service.namespace));
      const isSeen = rules.length > 0 || isBesideService(system, service, host);
      const problem = asText(value.subset) === '' || !isSeen ? undefined : problemOf(system, service, value, rules);
      if (problem) report.at(service, [...path, 'subset'], problem);
    }
  },
};

function problemOf(system: System, virtual: Manifest, destination: Json, rules: readonly Manifest[]): string | undefined {
  const [host, subset] = [asText(destination.host), asText(destination.subset)];
  const found = rules.flatMap(rule => asObjects(rule.spec.subsets)).find(candidate => candidate.name === subset);
  if (!found) return `no DestinationRule of ${host} has the subset "${subset}"`;
  const service = serviceOf(system, host, virtual.namespace);
  const pods = service ? workloadsWith(system, service.namespace, service.spec.selector) : [];
  const isEmpty = pods.length > 0 && !pods.some(workload => selectsLabels(found.labels, workload.labels));
  return isEmpty ? `no workload of ${host} has the labels of the subset "${subset}"` : undefined;
}

/** Whether the Service is in the same file: who keeps the two together has no DestinationRule elsewhere. */
function isBesideService(system: System, virtual: Manifest, host: string): boolean {
  return serviceOf(system, host, virtual.namespace)?.file === virtual.file;
}

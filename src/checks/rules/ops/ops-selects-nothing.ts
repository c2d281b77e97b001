import { selectsNothing } from '../../../model/kubernetes/selected-pods';
import { Json, Manifest, Path, asObject, asRecord, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSelectsNothing: Rule = {
  id: 'OPS-SELECTS-NOTHING',
  level: Level.WARNING,
  title: 'a Service, NetworkPolicy or PodDisruptionBudget selects no pod',
  why: 'the Service has no endpoints, the policy and the budget guard nothing',
  fix: 'use labels of the pods',
  source: 'Kubernetes: labels and selectors',
  check: (system, report) => {
    for (const { manifest, path, selector } of selectorsOf(system)) {
      if (!selectsNothing(system, manifest.namespace, selector) || manifest.kind === 'Service' && !isForThese(system, manifest, selector)) continue;
      const wanted = Object.entries(asRecord(selector.matchLabels)).map(([key, value]) => `${key}: ${value}`).join(', ') || 'what the selector wants';
      const pods = [...new Set(system.workloadsIn(manifest.namespace).map(({ name }) => name))].slice(0, 5).join(', ');
      report.at(manifest, path, `no pod of namespace "${manifest.namespace}" has ${wanted}; there is ${pods}`);
    }
  },
};

function selectorsOf(system: System): { manifest: Manifest; path: Path; selector: Json }[] {
  const services = system.all('Service').filter(({ group, spec }) => group === '' && asText(spec.type) !== 'ExternalName');
  const policies = system.all('NetworkPolicy').filter(({ group }) => group === 'networking.k8s.io');
  const budgets = system.all('PodDisruptionBudget').filter(({ group }) => group === 'policy');
  return [
    ...services.map(manifest => ({ manifest, path: ['spec', 'selector'], selector: { matchLabels: asObject(manifest.spec.selector) } })),
    ...policies.map(manifest => ({ manifest, path: ['spec', 'podSelector'], selector: asObject(manifest.spec.podSelector) })),
    ...budgets.map(manifest => ({ manifest, path: ['spec', 'selector'], selector: asObject(manifest.spec.selector) })),
  ];
}

/** Whether a Service is likely for a workload that is seen, by its name or labels: the pods of others come with installations of their own. */
function isForThese(system: System, { name, namespace }: Manifest, selector: Json): boolean {
  const wanted = [name, ...Object.values(asRecord(selector.matchLabels))].map(String);
  return system.workloadsIn(namespace).some(workload =>
    [workload.name, ...Object.values(workload.labels)].some(have => wanted.some(want => areAlike(want, have))));
}

/** Whether one name begins with the other, whatever stands between their letters. */
function areAlike(one: string, other: string): boolean {
  const [first, second] = [one, other].map(name => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  return short !== '' && long.startsWith(short);
}

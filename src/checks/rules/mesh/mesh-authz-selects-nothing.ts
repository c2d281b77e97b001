import { isFilledIn } from '../../../model/filled-in';
import { Labelled } from '../../../model/kubernetes/labelled';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { asObject, asRecord } from '../../../model/manifest';
import { podLabels } from '../../../model/mesh/injection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzSelectsNothing: Rule = {
  id: 'MESH-AUTHZ-SELECTS-NOTHING',
  level: Level.WARNING,
  title: 'a policy selects no workload',
  why: 'what it should guard is not guarded, and what it should allow is not allowed',
  fix: 'use the labels of the pods',
  source: 'istio AuthorizationPolicy',
  check: (system, report) => {
    const root = new Set(['istio-system', ...system.meshes.map(mesh => String(mesh.config.value.rootNamespace ?? 'istio-system'))]);
    for (const kind of ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']) {
      for (const policy of system.all(kind)) {
        const labels = asRecord(asObject(policy.spec.selector).matchLabels);
        const there = system.workloadsIn(policy.namespace);
        if (Object.keys(labels).length === 0 || Object.values(labels).some(isFilledIn) || there.length === 0 || root.has(policy.namespace)) continue;
        if (podsIn(system, policy.namespace).having(labels).length > 0 || mayBeOthers(system, policy.namespace, labels)) continue;
        report.at(policy, ['spec', 'selector', 'matchLabels'], `none of the ${there.length} workloads of namespace ${policy.namespace} has ${JSON.stringify(labels)}`);
      }
    }
  },
};

/** Whether other pods may be meant: those of a chart or an operator, or of an installation whose labels none of the pods here has. */
function mayBeOthers(system: System, namespace: string, labels: Record<string, string>): boolean {
  const known = wordsIn(system, namespace);
  return mayHaveOtherPods(system, namespace) || Object.entries(labels).every(words => words.every(word => !known.has(word)));
}

/** The names of the workloads of a namespace, and all that their labels say. */
const wordsIn = onceIn((system: System, namespace: string): ReadonlySet<string> =>
  new Set(system.workloadsIn(namespace).flatMap(workload => [workload.name, ...Object.entries(podLabels(system, workload)).flat()])));

/** The workloads of a namespace with the labels that their pods have. */
const podsIn = onceIn((system: System, namespace: string) => new Labelled(system.workloadsIn(namespace), workload => podLabels(system, workload)));

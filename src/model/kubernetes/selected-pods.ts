import { mayHaveOtherPods } from './other-pods';
import { isEmptySelector, selects, wantedLabels } from './selector';
import { Workload } from './workload';
import { collect } from '../collect';
import { isFilledIn } from '../filled-in';
import { Json, asObject, asRecord } from '../manifest';
import { once, onceIn } from '../once';
import type { System } from '../system';

/** The workloads of a namespace whose pods a label selector takes. */
export function selectedPods(system: System, namespace: string, selector: Json): Workload[] {
  const [label] = Object.entries(wantedLabels(selector));
  const near = label ? byLabel(system).get(`${namespace}/${label.join('=')}`) ?? [] : system.workloadsIn(namespace);
  return near.filter(workload => selects(selector, workload.labels));
}

/** The workloads by each of their labels: looking at all pods for each Service would take most of a check. */
const byLabel = once((system: System): Map<string, Workload[]> => {
  const found = new Map<string, Workload[]>();
  for (const workload of system.workloads) {
    for (const label of Object.entries(workload.labels)) {
      const key = `${workload.namespace}/${label.join('=')}`;
      collect(found, key, workload);
    }
  }
  return found;
});

/** Whether a selector takes no pod, although the input shows the pods of its namespace; those of other clusters count, too. */
export function selectsNothing(system: System, namespace: string, selector: Json): boolean {
  if (isEmptySelector(selector) || system.workloadsIn(namespace).length === 0) return false;
  if (system.clusters.some(cluster => selectedPods(cluster, namespace, selector).length > 0) || mayHaveOtherPods(system, namespace)) return false;
  const wanted = Object.entries(asRecord(asObject(selector).matchLabels));
  return !wanted.some(([key, value]) => BY_CONTROLLERS.test(key) || isFilledIn(value)) && !mayComeLater(system, namespace, wanted);
}

/** Whether pods have all labels but one that none has, as what leads a cluster of databases labels itself. */
function mayComeLater(system: System, namespace: string, wanted: readonly [string, string][]): boolean {
  const known = wanted.filter(([key]) => keysIn(system, namespace).has(key));
  return known.length > 0 && known.length === wanted.length - 1
    && selectedPods(system, namespace, { matchLabels: Object.fromEntries(known) }).length > 0;
}

/** The keys of the labels of the pods of a namespace. */
const keysIn = onceIn((system: System, namespace: string): ReadonlySet<string> =>
  new Set(system.workloadsIn(namespace).flatMap(({ labels }) => Object.keys(labels))));

/** Labels that controllers give to the pods they make. */
const BY_CONTROLLERS = new RegExp(`^(${[
  'statefulset.kubernetes.io/', 'apps.kubernetes.io/', 'batch.kubernetes.io/', 'job-name', 'controller-uid', 'pod-template-hash', 'topology.',
  'gateway.networking.k8s.io/', 'gateway.istio.io/', 'service.istio.io/', 'security.istio.io/', 'sidecar.istio.io/', 'istio.io/',
].join('|')})`);

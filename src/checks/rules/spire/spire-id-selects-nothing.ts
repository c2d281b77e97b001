import { selects } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asObjects, asRecord, asTexts } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { clusterSpiffeIds, idsSelecting, isIgnored } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdSelectsNothing: Rule = {
  id: 'SPIRE-ID-SELECTS-NOTHING',
  level: Level.WARNING,
  title: 'a ClusterSPIFFEID selects labels that no pod has',
  why: 'the pods it is meant for have no identity, and their proxies never become ready',
  fix: 'use the labels of the pods',
  source: 'istio charts/gateway/_helpers.tpl',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const labels = asRecord(asObject(id.spec.podSelector).matchLabels);
      if (labels.app === 'istio-proxy') {
        report.at(id, ['spec', 'podSelector', 'matchLabels', 'app'], 'no pod has app: istio-proxy; gateways have istio: ingressgateway');
        continue;
      }
      for (const namespace of namespacesOf(id)) {
        const there = system.workloadsIn(namespace);
        if (there.length === 0 || selectingIn(system, namespace).has(id) || selectsElsewhere(system, namespace, id)) continue;
        report.at(id, ['spec', 'podSelector'], isIgnored(system, namespace)
          ? `ignoreNamespaces of the controller manager leaves namespace ${namespace} out: its patterns are not anchored`
          : `none of the ${there.length} workloads in namespace ${namespace} has these labels`);
      }
    }
  },
};

/** The ClusterSPIFFEIDs that select a workload of a namespace. */
const selectingIn = onceIn((system: System, namespace: string): Set<Manifest> =>
  new Set([...new Set(system.workloadsIn(namespace).map(workload => idsSelecting(system, workload)))].flat()));

/** Whether it selects pods of a folder that was taken for another cluster, and may be a part of this one. */
function selectsElsewhere(system: System, namespace: string, { spec }: Manifest): boolean {
  const podSelector = asObject(spec.podSelector);
  return system.siblings.some(other => other !== system && other.workloadsIn(namespace).some(({ labels }) => selects(podSelector, labels)));
}

/** The one namespace that a ClusterSPIFFEID names, if it does. */
function namespacesOf({ spec }: Manifest): string[] {
  const { matchLabels, matchExpressions } = asObject(spec.namespaceSelector);
  const name = asRecord(matchLabels)[NAMESPACE];
  if (name !== undefined) return [name];
  const values = asObjects(matchExpressions).filter(({ key, operator }) => key === NAMESPACE && operator === 'In').map(one => asTexts(one.values));
  return values.length === 1 && values[0].length === 1 ? values[0] : [];
}

const NAMESPACE = 'kubernetes.io/metadata.name';

import { selects, wantedLabels } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asObjects, asRecord, asText, asTexts } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { clusterSpiffeIds, idsSelecting, isIgnored } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const spireIdSelectsNothing: Rule = {
  id: 'SPIRE-ID-SELECTS-NOTHING',
  level: Level.WARNING,
  title: 'a ClusterSPIFFEID selects labels that no pod has, or that none can have',
  why: 'the pods it is meant for have no identity, and their proxies never become ready',
  fix: 'use the labels of the pods',
  source: 'istio charts/gateway/_helpers.tpl',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const labels = wantedLabels(id.spec.podSelector);
      if (labels.app === 'istio-proxy') {
        report.at(id, ['spec', 'podSelector', 'matchLabels', 'app'], 'no pod has app: istio-proxy; gateways have istio: ingressgateway');
        continue;
      }
      const meant = labels.istio === undefined || GATEWAYS.includes(labels.istio) ? undefined : GATEWAYS.find(known => isSlip(labels.istio, known));
      if (meant !== undefined && !system.workloads.some(workload => workload.labels.istio === labels.istio)) {
        report.at(id, ['spec', 'podSelector', 'matchLabels', 'istio'], `no pod has istio: ${labels.istio}; gateways have istio: ${meant}`);
        continue;
      }
      for (const name of ['podSelector', 'namespaceSelector']) {
        const label = contradictionIn(id.spec[name]);
        if (label !== undefined) report.at(id, ['spec', name], `${name} wants two things of label ${label} that exclude each other`);
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

const GATEWAYS = ['ingressgateway', 'egressgateway', 'eastwestgateway'];

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
  const name = wantedLabels(spec.namespaceSelector)[NAMESPACE];
  return name === undefined ? [] : [name];
}

/** The label of which a selector wants what cannot be. */
function contradictionIn(selector: unknown): string | undefined {
  const { matchLabels, matchExpressions } = asObject(selector);
  const wanted = [...Object.entries(asRecord(matchLabels)).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...asObjects(matchExpressions).map(({ key, operator, values }) => ({ key: asText(key), operator: asText(operator), values: asTexts(values) }))];
  const allowed = new Map<string, string[]>();
  for (const { key, values } of wanted.filter(({ operator }) => operator === 'In')) allowed.set(key, allowed.get(key)?.filter(value => values.includes(value)) ?? values);
  const refused = wanted.filter(({ key, operator }) => operator === 'DoesNotExist' && wanted.some(one => one.key === key && ['In', 'Exists'].includes(one.operator)));
  for (const { key, values } of wanted.filter(({ operator }) => operator === 'NotIn')) {
    if (allowed.has(key)) allowed.set(key, allowed.get(key)!.filter(value => !values.includes(value)));
  }
  return refused[0]?.key ?? [...allowed].find(([, values]) => values.length === 0)?.[0];
}

const NAMESPACE = 'kubernetes.io/metadata.name';

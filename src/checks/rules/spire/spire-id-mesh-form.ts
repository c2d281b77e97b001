import { isEmptySelector, selects, wantedLabels } from '../../../model/kubernetes/selector';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { isInjected, podLabels } from '../../../model/mesh/injection';
import { spireChart } from '../../../model/spire/charts';
import { clusterSpiffeIds, sampleOf, selectsWorkload, templatesOf } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireIdMeshForm: Rule = {
  id: 'SPIRE-ID-MESH-FORM',
  level: Level.ERROR,
  title: 'a workload of the mesh has an ID that Istio does not understand',
  why: 'Istio expects spiffe://<trust domain>/ns/<namespace>/sa/<service account>; its peers refuse any other name',
  fix: 'use spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
  source: 'istio pkg/spiffe/spiffe.go ParseIdentity',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const field = templatesOf(id)[0];
      const sample = field?.template && sampleOf(field.template);
      if (sample === undefined || /^spiffe:\/\/[^/]+\/ns\/ns\/sa\/sa$/.test(sample)) continue;
      const workload = isEmptySelector(id.spec.podSelector) && isEmptySelector(id.spec.namespaceSelector) ? undefined
        : system.workloads.find(candidate => isInjected(system, candidate) && selectsWorkload(system, id, candidate));
      if (workload || selectsMesh(id)) report.at(id, field.path, `"${field.text}" is given to ${workload ? `${workload.manifest.kind} ${workload.name}, which is in the mesh` : 'proxies of the mesh'}`);
    }
    checkChart(system, report);
  },
};

const IDENTITIES = ['spire-server', 'controllerManager', 'identities', 'clusterSPIFFEIDs'];

/** The same for identities in the values of SPIRE's chart. */
function checkChart(system: System, report: Report): void {
  const chart = spireChart(system);
  const named: [string, Json][] = Object.entries(asObject(IDENTITIES.reduce((value: Json, step) => asObject(value)[step], chart?.values.value)));
  for (const [name, identity] of named.filter(([, one]) => chart!.identities?.includes(one))) {
    const text = asText(identity.spiffeIDTemplate);
    if (!isOtherForm(text) || isEmptySelector(identity.podSelector)) continue;
    const workload = system.workloads.find(candidate => isInjected(system, candidate) && selects(identity.podSelector, podLabels(system, candidate))
      && system.selectsNamespace(identity.namespaceSelector, candidate.namespace));
    if (workload) report.at(chart!.values, [...IDENTITIES, name, 'spiffeIDTemplate'], `"${text}" is given to ${workload.manifest.kind} ${workload.name}, which is in the mesh`);
  }
}

/** Whether a template of plain names gives another form than that of Istio. */
function isOtherForm(text: string): boolean {
  const plain = text.replace(/\{\{-?\s*\.([\w.]+)\s*-?\}\}/g, '<$1>');
  return plain.startsWith('spiffe://') && !/[{}]/.test(plain) && !/^spiffe:\/\/[^/]+\/ns\/<PodMeta\.Namespace>\/sa\/<PodSpec\.ServiceAccountName>$/.test(plain);
}

/** Whether the selector names what only pods of the mesh have. */
function selectsMesh(id: Manifest): boolean {
  const selector = asObject(id.spec.podSelector);
  const labels = Object.entries(wantedLabels(selector)).map(([key, value]) => `${key}=${value}`);
  const keys = asObjects(selector.matchExpressions).map(expression => asText(expression.key));
  return [...labels, ...keys].some(text => /istio\.io\/|^istio=|^app=istio-/.test(text));
}

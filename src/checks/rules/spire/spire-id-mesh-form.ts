import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { clusterSpiffeIds, sampleOf, selectsWorkload, templatesOf } from '../../../model/spire/entries';
import { Level } from '../../finding';
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
  },
};

/** Whether the selector names what only pods of the mesh have. */
function selectsMesh(id: Manifest): boolean {
  const selector = asObject(id.spec.podSelector);
  const labels = Object.entries(asObject(selector.matchLabels)).map(([key, value]) => `${key}=${asText(value)}`);
  const keys = asObjects(selector.matchExpressions).map(expression => asText(expression.key));
  return [...labels, ...keys].some(text => /istio\.io\/|^istio=|^app=istio-/.test(text));
}

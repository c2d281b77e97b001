import { holderOf } from '../../../model/held-chart';
import { selects } from '../../../model/kubernetes/selector';
import { Json, Manifest, asObject, asObjects, asRecord, asText } from '../../../model/manifest';
import { gatewayCharts } from '../../../model/mesh/gateway-charts';
import { TEMPLATES_ANNOTATION } from '../../../model/mesh/injection';
import { gatewayOverlays, gatewaysWithParameters, labelsOf, spiffeVolumes } from '../../../model/mesh/overlays';
import { injectionTemplates } from '../../../model/mesh/templates';
import { spireChart } from '../../../model/spire/charts';
import { clusterSpiffeIds, isIgnored, staticEntries } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayEntry: Rule = {
  id: 'MESH-GATEWAY-ENTRY',
  level: Level.ERROR,
  title: 'a gateway has the socket of SPIRE, and no ClusterSPIFFEID selects it',
  why: 'the agent has no identity for it: the gateway waits for a certificate and never becomes ready',
  fix: 'overlay spec.template.metadata.labels with the label that a ClusterSPIFFEID selects',
  source: 'istio samples/security/spire; istio issue 43268',
  check: (system, report) => {
    const ids = clusterSpiffeIds(system);
    if (ids.length === 0 || staticEntries(system).length > 0 || spireChart(system)) return;
    const isSelected = (namespace: string, labels: Record<string, string>): boolean => ids.some(id => maySelect(system, id, namespace, labels));
    const ofGateways = new Map(gatewayOverlays(system).map(overlay => [`${overlay.manifest.namespace}/${overlay.manifest.name}`, overlay]));
    for (const { gateway, name } of gatewaysWithParameters(system)) {
      const overlay = ofGateways.get(`${gateway.namespace}/${name}`);
      const given = { [GATEWAY_NAME]: gateway.name, ...gateway.labels, ...asRecord(asObject(gateway.spec.infrastructure).labels) };
      if (!overlay || spiffeVolumes(overlay).length === 0 || isSelected(gateway.namespace, { ...given, ...labelsOf(overlay) })) continue;
      report.at(overlay.manifest, ['data', 'deployment'], `none of the ${ids.length} ClusterSPIFFEIDs selects the pods of Gateway ${gateway.name}`, 'write the label that a ClusterSPIFFEID selects below spec.template.metadata.labels');
    }
    for (const values of gatewayCharts(system)) {
      const holder = holderOf(values);
      const templates = asText(asObject(values.value.podAnnotations)[TEMPLATES_ANNOTATION]);
      // a template, or more values, may bring labels
      const isKnown = holder?.kind === 'HelmRelease' && holder.spec.valuesFrom === undefined && ![...injectionTemplates(system)].some(([, { text }]) => /labels:/.test(text));
      if (!holder || !isKnown || !/spire|spiffe/.test(templates)) continue;
      const name = asText(holder.spec.releaseName) || holder.name;
      const labels = { app: name, istio: name.replace(/^istio-/, ''), ...asRecord(values.value.labels), ...asRecord(values.value.podLabels) };
      if (isSelected(asText(holder.spec.targetNamespace) || holder.namespace, labels)) continue;
      report.at(values, [], `none of the ${ids.length} ClusterSPIFFEIDs selects the pods of gateway ${name}`, 'give the values labels: {…} with the label that a ClusterSPIFFEID selects');
    }
    for (const operator of system.all('IstioOperator')) {
      for (const kind of ['ingressGateways', 'egressGateways']) {
        asObjects(asObject(operator.spec.components)[kind]).forEach((gateway, i) => {
          const overlays = JSON.stringify(asObject(gateway.k8s).overlays ?? []);
          // a template of the injector may bring labels of its own
          if (gateway.enabled === false || !/workload-socket/.test(overlays) || /inject\.istio\.io\/templates/.test(JSON.stringify(gateway))) return;
          const namespace = asText(gateway.namespace) || asText(operator.spec.namespace) || 'istio-system';
          if (isSelected(namespace, operatorLabels(operator, gateway, kind))) return;
          report.at(operator, ['spec', 'components', kind, i], `none of the ${ids.length} ClusterSPIFFEIDs selects the pods of gateway ${asText(gateway.name)}`);
        });
      }
    }
  },
};

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** The labels that istioctl gives the pods of a gateway. */
function operatorLabels(operator: Manifest, gateway: Json, kind: string): Record<string, string> {
  const name = asText(gateway.name);
  const values = asObject(asObject(asObject(operator.spec.values).gateways)[name]);
  const role = kind.toLowerCase().replace(/s$/, '');
  const standard = { 'app': `istio-${role}`, 'istio': role, 'service.istio.io/canonical-name': `istio-${role}`, 'sidecar.istio.io/inject': 'false' };
  const patches = asObjects(asObject(gateway.k8s).overlays).flatMap(overlay => asObjects(overlay.patches));
  const patched = patches.map(({ path, value }): Record<string, string> => {
    const [, , key] = /^spec\.template\.metadata\.labels(\.(.+))?$/.exec(asText(path)) ?? [];
    if (key === undefined) return /metadata\.labels$/.test(asText(path)) ? asRecord(value) : {};
    return { [key.replace(/\\/g, '').replace(/^\[|\]$/g, '')]: asText(value) };
  });
  return Object.assign({}, standard, asRecord(values.labels), asRecord(gateway.label), ...patched);
}

/** Whether a ClusterSPIFFEID selects pods with these labels; what labels an unseen namespace has is not known. */
function maySelect(system: System, { spec }: Manifest, namespace: string, labels: Record<string, string>): boolean {
  const isSelected = system.labelsOf(namespace) === undefined && !/"kubernetes\.io\/metadata\.name"/.test(JSON.stringify(spec.namespaceSelector ?? {}))
    || system.selectsNamespace(spec.namespaceSelector, namespace);
  return !isIgnored(system, namespace) && isSelected && selects(spec.podSelector, labels);
}

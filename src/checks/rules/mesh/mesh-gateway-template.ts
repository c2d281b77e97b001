import { asObject, asText } from '../../../model/manifest';
import { gatewayCharts } from '../../../model/mesh/gateway-charts';
import { isInjected, TEMPLATES_ANNOTATION, templatesOf, wantsSpire } from '../../../model/mesh/injection';
import { injectionTemplates } from '../../../model/mesh/templates';
import { idsSelecting } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayTemplate: Rule = {
  id: 'MESH-GATEWAY-TEMPLATE',
  level: Level.WARNING,
  title: 'a gateway has an identity in SPIRE, and its injection templates bring no socket of SPIRE',
  why: 'it shows a certificate of Istio\'s CA, which workloads with SPIRE\'s bundle refuse',
  fix: 'name the template of SPIRE after that of the gateway, such as inject.istio.io/templates: gateway,spire',
  source: 'istio docs, SPIRE integration; pkg/security/security.go, workload-socket',
  check: (system, report) => {
    for (const chart of gatewayCharts(system)) {
      const templates = asText(asObject(chart.value.podAnnotations)[TEMPLATES_ANNOTATION]).split(',').map(name => name.trim());
      if (templates.includes('sidecar') && !templates.includes('gateway')) report.at(chart, ['podAnnotations', TEMPLATES_ANNOTATION], `${TEMPLATES_ANNOTATION} is "${templates.join(',')}": the proxy starts as a sidecar and serves no Gateway`);
    }
    const ofSpire = injectionTemplates(system).filter(([, { text }]) => /workload-socket|spire|spiffe/.test(text)).map(([name]) => name);
    if (ofSpire.length === 0) return;
    for (const workload of system.workloads) {
      const templates = templatesOf(workload);
      if (!templates.includes('gateway') || !isInjected(system, workload) || wantsSpire(system, workload) || templates.some(name => ofSpire.includes(name))) continue;
      if (idsSelecting(system, workload).length > 0) report.at(workload.manifest, workload.at('metadata', 'annotations', TEMPLATES_ANNOTATION), `${TEMPLATES_ANNOTATION} of ${workload.namespace}/${workload.name} is "${templates.join(',')}", the mesh has "${ofSpire[0]}" for SPIRE`);
    }
  },
};

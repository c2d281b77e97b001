import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { asList, asObject, asTexts } from '../../../model/manifest';
import { TEMPLATES_ANNOTATION, isInjected, spireProxies, templatesOf, wantsSpire } from '../../../model/mesh/injection';
import { whyNotInjected } from '../../../model/mesh/not-injected';
import { injectionTemplates } from '../../../model/mesh/templates';
import { idsSelecting } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateMissing: Rule = {
  id: 'MESH-TEMPLATE-MISSING',
  level: Level.WARNING,
  title: 'a pod has the identity in SPIRE that other proxies show, and no template brings it SPIRE\'s socket',
  why: 'its proxy takes a certificate of Istio\'s CA and says nothing: workloads with SPIRE\'s bundle refuse it',
  fix: 'name the template of SPIRE after that of the sidecar, such as inject.istio.io/templates: sidecar,spire; or take the pod out of the ClusterSPIFFEID',
  source: 'istio docs, SPIRE integration; pkg/istio-agent/agent.go, socket of workload-spiffe-uds',
  check: (system, report) => {
    const [template] = injectionTemplates(system).find(([, { text }]) => text.includes('workload-socket')) ?? [];
    if (template === undefined || hasDefaults(system)) return;
    const ofProxies = new Set(spireProxies(system).flatMap(workload => idsSelecting(system, workload)));
    for (const workload of system.workloads) {
      // MESH-GATEWAY-TEMPLATE tells of gateways; what takes a socket by itself may leave the proxy to Istio
      if (wantsSpire(system, workload) || templatesOf(workload).includes('gateway') || takesSocket(workload)) continue;
      if (!isInjected(system, workload) || whyNotInjected(system, workload) !== undefined) continue;
      const id = idsSelecting(system, workload).find(one => ofProxies.has(one) && !isEmptySelector(one.spec.podSelector));
      if (id) report.at(workload.manifest, workload.at('metadata', 'annotations', TEMPLATES_ANNOTATION), `ClusterSPIFFEID ${id.name} selects ${workload.namespace}/${workload.name}, whose templates are ${templatesOf(workload).join(',') || 'those of Istio'}; the mesh has "${template}" for SPIRE`);
    }
  },
};

/** Whether pods that name no template get more than that of Istio. */
function hasDefaults(system: System): boolean {
  return system.injectors.some(({ value }) => asTexts(value.defaultTemplates).some(name => name !== 'sidecar'))
    || system.meshes.some(({ values }) => asList(asObject(values.value.sidecarInjectorWebhook).defaultTemplates).length > 0);
}

function takesSocket({ volumes, containers }: Workload): boolean {
  return volumes.some(({ name, csi, hostPath }) => name === 'workload-socket' || csi || /spire|spiffe/.test(String(asObject(hostPath).path)))
    || containers.some(({ name }) => name === 'istio-proxy');
}

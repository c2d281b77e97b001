import { Json, Manifest, Path, asObject, asText } from '../../../model/manifest';
import { TEMPLATES_ANNOTATION } from '../../../model/mesh/injection';
import { CLASS_LABEL, Overlay, gatewayOverlays, gatewaysWithParameters, spiffeVolumes } from '../../../model/mesh/overlays';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const meshGatewayOverlay: Rule = {
  id: 'MESH-GATEWAY-OVERLAY',
  level: Level.ERROR,
  title: 'a Gateway of the Gateway API, or a ConfigMap for it, does not bring what it should',
  why: 'istiod knows the keys deployment, service, serviceAccount, horizontalPodAutoscaler and podDisruptionBudget; the CSI driver wants a read-only volume',
  fix: 'write the volume workload-socket with readOnly: true below spec.template.spec.volumes of the key deployment',
  source: 'istio pilot/pkg/config/kube/gatewaycommon/deploymentcontroller.go; spiffe-csi pkg/driver/driver.go',
  check: (system, report) => {
    checkReferences(system, report);
    const ofIstio = system.all('Gateway').filter(({ group, spec }) => group === 'gateway.networking.k8s.io' && /^istio/.test(asText(spec.gatewayClassName)));
    for (const gateway of ofIstio) checkGateway(gateway, report);
    for (const map of system.all('ConfigMap')) {
      const wrong = Object.keys(map.labels).find(name => name.startsWith('gateway.istio.io/') && name !== CLASS_LABEL && isSlip(name, CLASS_LABEL));
      if (wrong !== undefined) report.at(map, ['metadata', 'labels', wrong], `istiod does not look for the label ${wrong}`, `write ${CLASS_LABEL}`);
    }
    for (const overlay of gatewayOverlays(system)) {
      checkPlace(system, overlay.manifest, report);
      checkContent(overlay, report);
    }
  },
};

function checkReferences(system: System, report: Report): void {
  const maps = new Set(system.all('ConfigMap').map(map => `${map.namespace}/${map.name}`));
  const seen = new Set(system.all('ConfigMap').map(map => map.namespace));
  for (const { gateway, path, namespace, name } of gatewaysWithParameters(system)) {
    if (seen.has(namespace) && !maps.has(`${namespace}/${name}`)) report.at(gateway, path, `there is no ConfigMap ${namespace}/${name}`, 'name the ConfigMap with the overlay; it has to be in the namespace of the Gateway');
  }
}

function checkGateway(gateway: Manifest, report: Report): void {
  const { kind } = asObject(asObject(gateway.spec.infrastructure).parametersRef);
  if (kind !== undefined && kind !== 'ConfigMap') report.at(gateway, ['spec', 'infrastructure', 'parametersRef', 'kind'], `parametersRef is of kind ${asText(kind)}: Istio takes a ConfigMap only`, 'put the overlay into a ConfigMap of the namespace of the Gateway');
  const places: Path[] = [['metadata', 'annotations', TEMPLATES_ANNOTATION], ['spec', 'infrastructure', 'annotations', TEMPLATES_ANNOTATION]];
  for (const path of places.filter(place => place.reduce((value: Json, step) => asObject(value)[step], gateway.value) !== undefined)) {
    report.at(gateway, path, `${TEMPLATES_ANNOTATION} has no effect: istiod makes this gateway itself, without the injector`, 'write the volume workload-socket into a ConfigMap with the key deployment, and name it in spec.infrastructure.parametersRef');
  }
}

/** A ConfigMap with the defaults of a class is looked for beside istiod, unless a Gateway names it. */
function checkPlace(system: System, map: Manifest, report: Report): void {
  const places = istiodNamespaces(system);
  if (map.labels[CLASS_LABEL] === undefined || map.namespace === '' || !places || places.includes(map.namespace)) return;
  if (gatewaysWithParameters(system).some(({ namespace, name }) => namespace === map.namespace && name === map.name)) return;
  report.at(map, ['metadata', 'labels', CLASS_LABEL], `istiod looks for the defaults of a class in ${places.join(', ')}, not in ${map.namespace}`, 'move it to the namespace of istiod, or name it in spec.infrastructure.parametersRef of a Gateway of its namespace');
}

function checkContent(overlay: Overlay, report: Report): void {
  for (const key of Object.keys(asObject(overlay.manifest.value.data)).filter(one => !KEYS.includes(one))) {
    report.at(overlay.manifest, ['data', key], `there is no key ${key}: ${KEYS.join(', ')}`);
  }
  for (const { text, volume, line } of spiffeVolumes(overlay)) {
    if (volume.csi.readOnly !== true) report.in(text, line, `volume ${volume.name} has no readOnly: true`);
    if (volume.name !== 'workload-socket') report.in(text, line, `volume ${volume.name} is mounted nowhere: the proxy mounts workload-socket`);
  }
}

const KEYS = ['deployment', 'service', 'serviceAccount', 'horizontalPodAutoscaler', 'podDisruptionBudget'];

/** The namespaces that istiods are in, as the inputs of installers say; undefined where one of them does not. */
const istiodNamespaces = once((system: System): string[] | undefined => {
  const found = system.meshes.map(({ form, manifest }) => (form === 'Istio' ? asText(manifest.spec.namespace) || 'istio-system'
    : form === 'IstioOperator' ? asText(manifest.spec.namespace) || manifest.namespace || 'istio-system' : ''));
  return found.length > 0 && !found.includes('') ? [...new Set(found)] : undefined;
});

import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { gatewayCharts } from '../../../model/mesh/gateway-charts';
import { System } from '../../../model/system';
import { csiDriverNames, isMissingDriver } from '../../csi-driver-names';
import { Level } from '../../finding';
import { Problem } from '../../refusals/places';
import { Rule } from '../../rule';

export const meshGatewaySocket: Rule = {
  id: 'MESH-GATEWAY-SOCKET',
  level: Level.ERROR,
  title: 'the overlay of a gateway brings it no socket of SPIRE',
  why: 'the driver refuses the volume and the pod stays in ContainerCreating, or istio-agent finds no socket and takes a certificate of Istio\'s CA',
  fix: 'overlay volume workload-socket with csi {driver: csi.spiffe.io, readOnly: true}, mounted at /var/run/secrets/workload-spiffe-uds',
  source: 'istio samples/security/spire; spiffe-csi pkg/driver/driver.go',
  check: (system, report) => {
    for (const values of gatewayCharts(system)) {
      asObjects(values.value.volumes).forEach((volume, i) => {
        if (volume.name === 'workload-socket' && volume.hostPath !== undefined) report.at(values, ['volumes', i], HOST_PATH);
      });
    }
    for (const operator of system.all('IstioOperator')) {
      for (const kind of ['ingressGateways', 'egressGateways']) {
        asObjects(asObject(operator.spec.components)[kind]).forEach((gateway, i) => {
          for (const [path, message] of problems(system, gateway, ['spec', 'components', kind, i, 'k8s', 'overlays'])) report.at(operator, path, message);
        });
      }
    }
  },
};

const HOST_PATH = 'volume workload-socket is a hostPath: gateways of level baseline may not have one, and a missing agent is not noticed';

function problems(system: System, gateway: Json, start: Path): Problem[] {
  return asObjects(asObject(gateway.k8s).overlays).flatMap((overlay, j) => asObjects(overlay.patches).flatMap((patch, k): Problem[] => {
    const path = [...start, j, 'patches', k, 'value'];
    const value = asObject(patch.value);
    if (!/workload-socket/.test(asText(patch.path) + asText(value.name)) || Object.keys(value).length === 0) return [];
    if (/\bvolumes\b/.test(asText(patch.path))) return volumeProblem(system, value).map(message => [path, message]);
    const mount = asText(value.mountPath);
    const isElsewhere = /volumeMounts/.test(asText(patch.path)) && mount !== '' && !/^(\/var)?\/run\/secrets\/workload-spiffe-uds\/?$/.test(mount);
    return isElsewhere ? [[[...path, 'mountPath'], `workload-socket is mounted at ${mount}, where istio-agent does not look`]] : [];
  }));
}

function volumeProblem(system: System, volume: Json): string[] {
  const { csi, hostPath } = volume;
  if (hostPath !== undefined) return [HOST_PATH];
  if (csi === undefined) return [];
  const { driver, readOnly } = asObject(csi);
  if (csiDriverNames(system).length > 0 && isMissingDriver(system, asText(driver))) return [`driver ${asText(driver)} is not ${csiDriverNames(system).join(' or ')}`];
  return readOnly === true ? [] : ['the csi volume has no readOnly: true'];
}

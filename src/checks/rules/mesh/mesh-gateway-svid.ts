import { asList, asObject, asObjects } from '../../../model/manifest';
import { usesSpire } from '../../../model/mesh/mesh';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewaySvid: Rule = {
  id: 'MESH-GATEWAY-SVID',
  level: Level.WARNING,
  title: 'a gateway takes no identity from SPIRE',
  why: 'its overlay lacks the socket: it shows a certificate of Istio\'s CA, which workloads with SPIRE\'s bundle refuse',
  fix: 'overlay the gateway with the csi volume workload-socket and the label a ClusterSPIFFEID selects',
  source: 'istio samples/security/spire',
  check: (system, report) => {
    for (const mesh of system.meshes.filter(found => found.form === 'IstioOperator')) {
      const components = asObject(mesh.manifest.spec.components);
      const spire = usesSpire(mesh) || /spire/.test(JSON.stringify([{ ...mesh.values.value, meshConfig: null }, components.pilot ?? null]));
      if (!spire) continue;
      const gateways = asObjects(components.ingressGateways);
      if (gateways.length === 0 && !['minimal', 'ambient', 'empty', 'remote'].includes(String(mesh.manifest.spec.profile ?? 'default'))) {
        report.at(mesh.manifest, ['spec', 'components'], 'the ingress gateway of the profile has no overlay for the SPIRE socket');
      }
      for (const kind of ['ingressGateways', 'egressGateways']) {
        asObjects(components[kind]).forEach((gateway, i) => {
          if (gateway.enabled === false || /workload-socket/.test(JSON.stringify(asList(asObject(gateway.k8s).overlays)))) return;
          report.at(mesh.manifest, ['spec', 'components', kind, i], `gateway ${gateway.name} has no overlay with workload-socket`);
        });
      }
    }
  },
};

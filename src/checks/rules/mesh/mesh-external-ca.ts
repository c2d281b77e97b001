import { usesSpire } from '../../../model/mesh/mesh';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExternalCa: Rule = {
  id: 'MESH-EXTERNAL-CA',
  level: Level.WARNING,
  title: 'EXTERNAL_CA has nothing to do with SPIRE',
  why: 'it makes istiod a registration authority for the Kubernetes CSR API, and no other value is allowed',
  fix: 'remove it; proxies take SVIDs over SDS from the Workload API socket',
  source: 'istio pilot/pkg/bootstrap/istio_ca.go',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      for (const env of mesh.env.filter(found => found.name === 'EXTERNAL_CA')) {
        if (env.value !== 'ISTIOD_RA_KUBERNETES_API' || usesSpire(mesh) || system.servers.length > 0) report.at(mesh.manifest, env.path, `EXTERNAL_CA is ${env.value}`);
      }
    }
  },
};

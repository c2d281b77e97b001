import { asObject } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshPermissive: Rule = {
  id: 'MESH-PERMISSIVE',
  level: Level.INFO,
  title: 'a namespace of the mesh takes plaintext',
  why: 'without a STRICT PeerAuthentication sidecars are PERMISSIVE',
  fix: 'add a PeerAuthentication with mtls.mode STRICT to the namespace or to the root namespace',
  source: 'istio PeerAuthentication',
  check: (system, report) => {
    const strict = system.all('PeerAuthentication').filter(policy => asObject(policy.spec.mtls).mode === 'STRICT' && policy.spec.selector === undefined).map(policy => policy.namespace);
    if (strict.includes('istio-system') || system.meshes.some(mesh => strict.includes(String(mesh.config.value.rootNamespace ?? 'istio-system')))) return;
    for (const namespace of system.all('Namespace')) {
      const inMesh = system.workloadsIn(namespace.name).some(workload => isInjected(system, workload));
      if (inMesh && !strict.includes(namespace.name)) report.at(namespace, ['metadata', 'name'], `namespace ${namespace.name} has no STRICT PeerAuthentication`);
    }
  },
};

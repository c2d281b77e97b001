import { spireProxies } from '../../../model/mesh/injection';
import { socketFile, usesSpire } from '../../../model/mesh/mesh';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshFailOpen: Rule = {
  id: 'MESH-FAIL-OPEN',
  level: Level.INFO,
  title: 'proxies fall back to Istio\'s CA without a word',
  why: 'a proxy that starts before the socket is there takes a certificate of istiod, and half of the mesh does not trust the other',
  fix: 'give the socket another name than "socket" and set WORKLOAD_IDENTITY_SOCKET_FILE, at pods with the annotation proxy.istio.io/config',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    const closed = system.workloads.some(workload => /WORKLOAD_IDENTITY_SOCKET_FILE/.test(workload.annotations['proxy.istio.io/config'] ?? ''));
    for (const mesh of system.meshes) {
      const isUsed = system.workloads.length === 0 || spireProxies(system).length > 0;
      if (usesSpire(mesh) && socketFile(mesh) === 'socket' && !closed && isUsed) {
        report.at(mesh.manifest, mesh.config.path, 'the socket has its default name');
      }
    }
  },
};

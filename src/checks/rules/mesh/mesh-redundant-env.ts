import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRedundantEnv: Rule = {
  id: 'MESH-REDUNDANT-ENV',
  level: Level.INFO,
  title: 'istiod is given a variable with its default',
  why: 'it says nothing, and hides what matters',
  fix: 'remove it',
  source: 'istio pilot/pkg/features/pilot.go',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      for (const env of mesh.env) {
        if (/^PILOT_ENABLE_(WORKLOAD_ENTRY_AUTOREGISTRATION|CROSS_CLUSTER_WORKLOAD_ENTRY)$/.test(env.name) && env.value === 'true') report.at(mesh.manifest, env.path, `${env.name} is true by default, and is for VMs`);
      }
    }
  },
};

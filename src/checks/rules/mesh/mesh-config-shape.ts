import { Level } from '../../finding';
import { MESH_SETTINGS } from '../../refusals/mesh-config';
import { meshTypeProblems } from '../../refusals/mesh-types';
import { problemsOf } from '../../refusals/places';
import { Rule } from '../../rule';

export const meshConfigShape: Rule = {
  id: 'MESH-CONFIG-SHAPE',
  level: Level.ERROR,
  title: 'meshConfig has a value or word that Istio refuses',
  why: 'istioctl refuses to install it; istiod keeps the configuration it had, or runs with the defaults',
  fix: 'write ports, durations, addresses and localities as Istio takes them',
  source: 'istio pkg/config/validation/agent/validation.go, ValidateMeshConfig',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      const problems = [...meshTypeProblems(config.value, config.path), ...problemsOf(MESH_SETTINGS, config.value, config.path)];
      for (const [path, message] of problems) report.at(manifest, path, message);
    }
  },
};

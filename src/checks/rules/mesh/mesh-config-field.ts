import { Level } from '../../finding';
import { Rule } from '../../rule';
import { faultsOf, meshConfigType } from '../../schemas';

export const meshConfigField: Rule = {
  id: 'MESH-CONFIG-FIELD',
  level: Level.WARNING,
  title: 'meshConfig has a field or word that Istio does not know',
  why: 'istioctl and istiod drop an unknown field in silence; with an unknown word istiod keeps the configuration it had',
  fix: 'use the field as MeshConfig of Istio has it, and the word as it is listed',
  source: 'istio operator/pkg/apis/validation, pkg/util/protomarshal; sail-operator CustomResourceDefinition',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      for (const { kind, path, message } of faultsOf(meshConfigType(), config.value, config.path.length > 0 ? config.path : ['meshConfig'], camelCase)) {
        const place = config.path.length > 0 ? path : path.slice(1);
        if (kind === 'unknown field' || kind === 'wrong word') report.at(manifest, place, message);
      }
    }
  },
};

/** Protobuf takes both spellings of a field. */
function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProviderKinds: Rule = {
  id: 'MESH-PROVIDER-KINDS',
  level: Level.ERROR,
  title: 'an extension provider is two things at once',
  why: 'istiod cannot read the mesh configuration, and keeps the one it had',
  fix: 'give each kind a provider of its own',
  source: 'istio pkg/config/mesh/mesh.go, ApplyMeshConfig; MeshConfig.ExtensionProvider: oneof provider',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      asObjects(config.value.extensionProviders).forEach((provider, i) => {
        const kinds = Object.keys(provider).filter(key => key !== 'name' && provider[key] !== null);
        if (kinds.length > 1) report.at(manifest, [...config.path, 'extensionProviders', i], `provider "${asText(provider.name)}" is ${kinds.join(' and ')} at once`);
      });
    }
  },
};

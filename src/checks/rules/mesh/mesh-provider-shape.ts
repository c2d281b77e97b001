import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProviderShape: Rule = {
  id: 'MESH-PROVIDER-SHAPE',
  level: Level.ERROR,
  title: 'an extension provider is defined twice, or as two things at once',
  why: 'istiod refuses the mesh configuration and keeps the one it had',
  fix: 'give each provider a name of its own and exactly one kind',
  source: 'istio pkg/config/validation/agent/validation.go',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      const names = new Set<string>();
      asObjects(config.value.extensionProviders).forEach((provider, i) => {
        const path = [...config.path, 'extensionProviders', i];
        const name = asText(provider.name);
        const kinds = Object.keys(provider).filter(key => key !== 'name');
        if (name !== '' && names.has(name)) report.at(manifest, path, `provider "${name}" is defined already`);
        if (name === '') report.at(manifest, path, 'the provider has no name');
        if (kinds.length > 1) report.at(manifest, path, `provider "${name}" is ${kinds.join(' and ')} at once`);
        if (kinds.length === 0) report.at(manifest, path, `provider "${name}" has no kind`);
        names.add(name);
      });
    }
  },
};

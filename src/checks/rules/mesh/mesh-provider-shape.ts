import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { problemsOf } from '../../refusals/places';
import { PROVIDER } from '../../refusals/providers';
import { Rule } from '../../rule';

export const meshProviderShape: Rule = {
  id: 'MESH-PROVIDER-SHAPE',
  level: Level.WARNING,
  title: 'an extension provider is defined twice, has no name, is no kind, or has a value that Istio does not take',
  why: 'istiod logs it and goes on: a policy that names the provider finds none, or the other one, or gets no configuration',
  fix: 'give each provider a name of its own and exactly one kind, with a service, as namespace/host or host, and its port',
  source: 'istio pkg/config/validation/agent/extensionprovider.go',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      const names = new Set<string>();
      asObjects(config.value.extensionProviders).forEach((provider, i) => {
        const path = [...config.path, 'extensionProviders', i];
        const name = asText(provider.name);
        const kinds = Object.keys(provider).filter(key => key !== 'name' && provider[key] !== null);
        if (name !== '' && names.has(name)) report.at(manifest, path, `provider "${name}" is defined already`);
        if (name === '') report.at(manifest, path, 'the provider has no name');
        if (kinds.length === 0) report.at(manifest, path, `provider "${name}" has no kind`);
        for (const [place, message] of problemsOf(PROVIDER, provider, path)) report.at(manifest, place, `provider "${name}": ${message}`);
        names.add(name);
      });
    }
  },
};

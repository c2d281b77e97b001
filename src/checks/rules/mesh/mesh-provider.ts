import { asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { providersOf } from '../../../model/mesh/mesh';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProvider: Rule = {
  id: 'MESH-PROVIDER',
  level: Level.ERROR,
  title: 'something names a provider that the mesh does not define',
  why: 'logs and traces go nowhere; a CUSTOM policy denies everything',
  fix: 'define it in meshConfig.extensionProviders',
  source: 'istio pilot/pkg/model/telemetry.go',
  check: (system, report) => {
    if (system.meshes.length === 0) return;
    const known = new Set(system.meshes.flatMap(providersOf));
    for (const mesh of system.meshes) {
      const defaults = asObject(mesh.config.value.defaultProviders);
      for (const kind of Object.keys(defaults)) {
        asTexts(defaults[kind]).forEach((name, i) => known.has(name) || report.at(mesh.manifest, [...mesh.config.path, 'defaultProviders', kind, i], `provider "${name}" is not defined`));
      }
    }
    for (const telemetry of system.all('Telemetry')) {
      for (const kind of ['metrics', 'accessLogging', 'tracing']) {
        asList(telemetry.spec[kind]).forEach((entry, i) => asObjects(asObject(entry).providers).forEach((provider, j) => {
          if (!known.has(asText(provider.name))) report.at(telemetry, ['spec', kind, i, 'providers', j], `provider "${asText(provider.name)}" is not defined`);
        }));
      }
    }
    for (const policy of system.all('AuthorizationPolicy')) {
      const name = asText(asObject(policy.spec.provider).name);
      if (policy.group === 'security.istio.io' && name !== '' && !known.has(name)) report.at(policy, ['spec', 'provider', 'name'], `provider "${name}" is not defined`);
    }
  },
};

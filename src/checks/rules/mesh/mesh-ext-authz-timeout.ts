import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExtAuthzTimeout: Rule = {
  id: 'MESH-EXT-AUTHZ-TIMEOUT',
  level: Level.INFO,
  title: 'an authorization provider has no timeout',
  why: 'the default is 600 s, so a service that hangs holds every request',
  fix: 'set timeout, such as 500ms',
  source: 'istio mesh config envoyExtAuthzGrpc',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      asObjects(mesh.config.value.extensionProviders).forEach((provider, i) => {
        for (const kind of ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp']) {
          if (provider[kind] === undefined) continue;
          if (asText(asObject(provider[kind]).timeout) === '') report.at(mesh.manifest, [...mesh.config.path, 'extensionProviders', i, kind], `provider "${asText(provider.name)}" has no timeout`);
        }
      });
    }
  },
};

import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExtAuthzTimeout: Rule = {
  id: 'MESH-EXT-AUTHZ-TIMEOUT',
  level: Level.WARNING,
  title: 'an authorization provider has no timeout, or fails open',
  why: 'the default timeout is 600 s, so a service that hangs holds every request; failOpen lets everything in when it is down',
  fix: 'set timeout, such as 500ms, and leave failOpen out',
  source: 'istio mesh config envoyExtAuthzGrpc',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      asObjects(mesh.config.value.extensionProviders).forEach((provider, i) => {
        for (const kind of ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp']) {
          if (provider[kind] === undefined) continue;
          const path = [...mesh.config.path, 'extensionProviders', i, kind];
          if (asText(asObject(provider[kind]).timeout) === '') report.at(mesh.manifest, path, `provider "${asText(provider.name)}" has no timeout`);
          if (asObject(provider[kind]).failOpen === true) report.at(mesh.manifest, [...path, 'failOpen'], `provider "${asText(provider.name)}" fails open`);
        }
      });
    }
  },
};

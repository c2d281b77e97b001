import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExtAuthzOpen: Rule = {
  id: 'MESH-EXT-AUTHZ-OPEN',
  level: Level.WARNING,
  title: 'an authorization provider fails open',
  why: 'everything is let in when the service is down',
  fix: 'leave failOpen out',
  source: 'istio mesh config envoyExtAuthzGrpc',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      asObjects(mesh.config.value.extensionProviders).forEach((provider, i) => {
        for (const kind of ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp']) {
          if (asObject(provider[kind]).failOpen === true) {
            report.at(mesh.manifest, [...mesh.config.path, 'extensionProviders', i, kind, 'failOpen'], `provider "${asText(provider.name)}" fails open`);
          }
        }
      });
    }
  },
};

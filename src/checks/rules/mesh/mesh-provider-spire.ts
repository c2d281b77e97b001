import { asObject, asObjects, asText } from '../../../model/manifest';
import { isSpireHost } from '../../../model/spire/server-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProviderSpire: Rule = {
  id: 'MESH-PROVIDER-SPIRE',
  level: Level.ERROR,
  title: 'SPIRE is given as an authorization service',
  why: 'SPIRE has no such service: a policy that uses the provider denies everything',
  fix: 'point it to an OPA or another ext_authz service',
  source: 'istio mesh config envoyExtAuthzGrpc',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      asObjects(mesh.config.value.extensionProviders).forEach((provider, i) => {
        for (const kind of ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp']) {
          const service = asText(asObject(provider[kind]).service);
          if (isSpireHost(system, service)) report.at(mesh.manifest, [...mesh.config.path, 'extensionProviders', i, kind, 'service'], `provider "${asText(provider.name)}" points to ${service}`);
        }
      });
    }
  },
};

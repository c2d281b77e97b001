import { dnsNamesOf, servicesOf } from '../../../model/kubernetes/service';
import { asObjects, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcKeys: Rule = {
  id: 'SPIRE-OIDC-KEYS',
  level: Level.WARNING,
  title: 'the discovery document leads to keys that are not there',
  why: 'the provider answers /keys behind its prefix and nothing else: unless something before it changes paths, no token is verified',
  fix: 'write jwks_uri = "https://<domain><server_path_prefix>/keys", or leave it out',
  source: 'support/oidc-discovery-provider/handler.go',
  check: (system, report) => {
    for (const { config, text, workload } of system.oidcProviders) {
      const [, named, port = '443'] = /^https:\/\/([^/:?#]+)(?::(\d+))?/.exec(config?.file.text('jwt_issuer') ?? '') ?? [];
      const service = workload && named !== undefined ? servicesOf(system, workload).find(one => dnsNamesOf(one).includes(named)) : undefined;
      const ports = asObjects(service?.spec.ports).map(one => asText(one.port));
      if (service && ports.length > 0 && !ports.includes(port)) report.at(service, ['spec', 'ports'], `${named} is this Service, whose port is ${ports.join(', ')}; the issuer is called at port ${port}`, `give the Service port ${port}`);
      const given = config?.file.text('jwks_uri') ?? '';
      const [, host, path] = /^https?:\/\/([^/:?#]+)(?::\d+)?([^?#]*)/.exec(given) ?? [];
      const domains = (config?.file.texts('domains') ?? []).map(domain => domain.replace(/:\d+$/, ''));
      if (host === undefined || isUnknown(given) || !domains.includes(host)) continue;
      if (!path.endsWith('/keys')) report.in(text, config!.file.at('jwks_uri').line, `jwks_uri is ${given}, and the provider answers ${(config!.file.text('server_path_prefix') || '/').replace(/\/$/, '')}/keys`);
    }
  },
};

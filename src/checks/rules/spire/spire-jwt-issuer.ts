import { servicesOf } from '../../../model/kubernetes/service';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { Oidc } from '../../../model/spire/discovery';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireJwtIssuer: Rule = {
  id: 'SPIRE-JWT-ISSUER',
  level: Level.ERROR,
  title: 'the issuer of JWT-SVIDs is not where the OIDC discovery provider is',
  why: 'verifiers fetch <iss>/.well-known/openid-configuration and compare issuers: every token is refused',
  fix: 'use one https URL as jwt_issuer of server and provider, and have its host in domains',
  source: 'support/oidc-discovery-provider/README.md; observed runs',
  check: (system, report) => {
    for (const provider of system.oidcProviders) {
      const file = provider.config?.file;
      if (!file) continue;
      const own = file.text('jwt_issuer');
      for (const issuer of system.servers.map(server => server.config?.server.text('jwt_issuer') ?? '')) {
        if (issuer === '' || isUnknown(issuer)) continue;
        if (own !== '' && !isUnknown(own) && own !== issuer) report.in(provider.text, file.at('jwt_issuer').line, `jwt_issuer is "${own}", the server has "${issuer}"`);
        else if (own === '' && !hosts(file.texts('domains'), issuer)) report.in(provider.text, file.at('domains').line, `the server's jwt_issuer "${issuer}" is not among the domains ${file.texts('domains').join(', ')}`);
      }
      if (own !== '' && !isUnknown(own) && !hosts(file.texts('domains'), own)) report.in(provider.text, file.at('jwt_issuer').line, `the host of jwt_issuer "${own}" is not among the domains ${file.texts('domains').join(', ')}`);
      const prefix = pathOf(file.text('server_path_prefix'));
      if (own !== '' && !isUnknown(own + prefix) && pathOf(own) !== prefix && !isRewritten(system, provider)) {
        report.in(provider.text, file.at('jwt_issuer').line, `jwt_issuer "${own}" has the path ${pathOf(own) || '/'}, the provider answers below ${prefix || '/'}`, 'make server_path_prefix the path of jwt_issuer');
      }
    }
  },
};

/** The path of a URL, or a path, without a slash at its end. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/+$/, '');
}

/** Whether something in front of the provider may take a part of the path away: only TLS of its own, or an Ingress that says nothing of it, shows that none does. */
function isRewritten(system: System, { config, workload }: Oidc): boolean {
  if (config!.file.has('acme') || config!.file.has('serving_cert_file')) return false;
  const services = workload ? servicesOf(system, workload).map(({ name }) => name) : [];
  const backends = ({ spec }: Manifest): string[] => asObjects(spec.rules).flatMap(rule => asObjects(asObject(rule.http).paths))
    .map(({ backend }) => asText(asObject(asObject(backend).service).name));
  const leading = system.all('Ingress').filter(ingress => ingress.namespace === workload?.namespace && backends(ingress).some(name => services.includes(name)));
  return leading.length === 0 || leading.some(({ annotations }) => Object.keys(annotations).some(key => /rewrite|regex|snippet|middlewares|strip|transform|path-prefix/i.test(key)));
}

function hosts(domains: string[], issuer: string): boolean {
  const host = issuer.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '');
  return domains.some(domain => isUnknown(domain) || domain.replace(/:\d+$/, '') === host);
}

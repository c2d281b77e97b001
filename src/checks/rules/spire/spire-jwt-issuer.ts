import { isUnknown } from '../../../model/spire/queries';
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
    }
  },
};

function hosts(domains: string[], issuer: string): boolean {
  const host = issuer.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '');
  return domains.some(domain => isUnknown(domain) || domain.replace(/:\d+$/, '') === host);
}

import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireJwtIssuerForm: Rule = {
  id: 'SPIRE-JWT-ISSUER-FORM',
  level: Level.WARNING,
  title: 'the issuer of JWT-SVIDs is no https URL',
  why: 'verifiers find the keys below the issuer, and take https only: Vault, clouds and kube-apiserver refuse the tokens',
  fix: 'write https:// and the host of the OIDC discovery provider',
  source: 'OpenID Connect Discovery 1.0, section 3; SPIRE doc/spire_server.md: jwt_issuer',
  check: (system, report) => {
    // who serves http on purpose says so
    if (system.oidcProviders.some(({ config }) => config?.file.bool('allow_insecure_scheme'))) return;
    for (const { config, text } of system.servers) {
      const issuer = config?.server.text('jwt_issuer') ?? '';
      if (issuer !== '' && !isUnknown(issuer) && !/^https:\/\/[^/]+/.test(issuer)) report.in(text, config!.server.at('jwt_issuer').line, `jwt_issuer is "${issuer}"`);
    }
  },
};

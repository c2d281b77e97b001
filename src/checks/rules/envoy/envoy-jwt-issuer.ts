import { rootOf, typed } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { spireIssuers } from '../../../model/spire/issuers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyJwtIssuer: Rule = {
  id: 'ENVOY-JWT-ISSUER',
  level: Level.ERROR,
  title: 'a jwt_authn provider does not fit SPIRE\'s issuer',
  why: 'Envoy compares issuers letter by letter: every JWT-SVID is refused with "Jwt issuer is not configured"',
  fix: 'use SPIRE\'s jwt_issuer, and <issuer>/keys as the uri of remote_jwks',
  source: 'observed: Envoy 1.40 with an OIDC discovery provider of SPIRE',
  check: (system, report) => {
    const issuers = system.envoys.length + system.all('EnvoyFilter').length > 0 ? spireIssuers(system) : [];
    for (const envoy of issuers.length > 0 ? [...system.envoys, ...system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')] : []) {
      for (const { path, value } of typed(rootOf(envoy), 'jwt_authn.v3.JwtAuthentication')) {
        for (const [name, provider] of Object.entries(asObject(value.providers))) {
          const { issuer: stated, remote_jwks: remote } = asObject(provider);
          const [issuer, uri] = [asText(stated), asText(asObject(asObject(remote).http_uri).uri)];
          // tokens of any issuer are taken where none is stated
          const own = issuers.find(one => uri === `${one.replace(/\/$/, '')}/keys` || issuer.replace(/\/$/, '') === one.replace(/\/$/, ''));
          if (issuer !== '' && own !== undefined && !issuers.includes(issuer)) report.at(envoy, [...path, 'providers', name, 'issuer'], `issuer "${issuer}" is not "${own}"`);
        }
      }
    }
  },
};

import { Manifest, Path, asList, asObject, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultJwt: Rule = {
  id: 'OPS-VAULT-JWT',
  level: Level.ERROR,
  title: 'Vault cannot take JWT-SVIDs as it is configured',
  why: 'Vault wants one source of keys, the issuer of the tokens, and an audience for every role of type jwt: it refuses the configuration or every login',
  fix: 'give one of OIDCDiscoveryURL, JWKSURL and JWTValidationPubKeys, SPIRE\'s jwt_issuer as boundIssuer, and boundAudiences',
  source: 'Vault: JWT/OIDC auth method; vault-config-operator',
  check: (system, report) => {
    const ours = (manifest: Manifest): boolean => manifest.group === 'redhatcop.redhat.io';
    for (const role of system.all('JWTOIDCAuthEngineRole').filter(ours)) {
      const isSpiffe = /spiffe:\/\//.test(JSON.stringify([role.spec.boundSubject, role.spec.boundClaims]));
      const isJwt = asText(role.spec.roleType) === 'jwt';
      if (isJwt && asList(role.spec.boundAudiences).length === 0) report.at(role, ['spec'], 'a role of type jwt has no boundAudiences');
      if (isSpiffe && !isJwt) report.at(role, ['spec', 'roleType'], 'roleType is not jwt: roles of type oidc are for people in a browser');
      const claim = asText(role.spec.userClaim);
      if (isSpiffe && claim !== '' && !CLAIMS.includes(claim)) report.at(role, ['spec', 'userClaim'], `a JWT-SVID has no claim "${claim}": ${CLAIMS.join(', ')}`);
      const bound = asText(role.spec.boundSubject);
      if (/^[a-z0-9._-]+\/ns\/[^/]+\/sa\//.test(bound)) report.at(role, ['spec', 'boundSubject'], `"${bound}" has no spiffe:// in front`);
      const globs = Object.values(asObject(role.spec.boundClaims)).flat().some(value => /\*/.test(asText(value)));
      if (globs && asText(role.spec.boundClaimsType) !== 'glob') report.at(role, ['spec', 'boundClaims'], 'a star is literal without boundClaimsType: glob');
      if (asText(role.spec.boundSubject).includes('*')) report.at(role, ['spec', 'boundSubject'], 'a star in boundSubject is literal: use boundClaims with boundClaimsType glob');
    }
    for (const config of system.all('JWTOIDCAuthEngineConfig').filter(ours)) {
      const url = asText(config.spec.OIDCDiscoveryURL);
      if (/\/\.well-known\//.test(url)) report.at(config, ['spec', 'OIDCDiscoveryURL'], `"${url}" is the document itself: Vault adds /.well-known/openid-configuration`);
      const sources = SOURCES.filter(name => asText(config.spec[name]) !== '' || asList(config.spec[name]).length > 0);
      if (sources.length !== 1) report.at(config, ['spec', sources[1] ?? ''], sources.length === 0 ? 'there is no source of keys' : `${sources.join(' and ')} exclude each other`);
      for (const [path, issuer] of issuersOf(config)) {
        const other = unknownIssuer(system, issuer);
        if (other !== undefined) report.at(config, path, `"${issuer}" is not SPIRE's jwt_issuer "${other}"`);
      }
    }
  },
};

const CLAIMS = ['sub', 'aud', 'iss', 'exp', 'iat', 'jti'];
const SOURCES = ['OIDCDiscoveryURL', 'JWKSURL', 'JWTValidationPubKeys'];

function issuersOf({ spec }: Manifest): [Path, string][] {
  return ['boundIssuer', 'OIDCDiscoveryURL'].filter(name => asText(spec[name]) !== '').map(name => [['spec', name], asText(spec[name])]);
}

/** SPIRE's issuer, where it is known and the host of the other one is that of SPIRE: Vault may serve others, too. */
function unknownIssuer(system: System, issuer: string): string | undefined {
  const known = system.servers.map(server => server.config?.server.text('jwt_issuer') ?? '').filter(text => text !== '' && !isUnknown(text));
  const host = (url: string): string => url.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');
  return known.includes(issuer) ? undefined : known.find(own => host(own) === host(issuer));
}

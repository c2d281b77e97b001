import { Json, Manifest, Path, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { VaultJwtProblem, jwtConfigProblems, jwtRoleProblems } from '../../vault-jwt';

export const opsVaultJwt: Rule = {
  id: 'OPS-VAULT-JWT',
  level: Level.ERROR,
  title: 'Vault cannot take JWT-SVIDs as it is configured',
  why: 'Vault wants one source of keys, the issuer of the tokens, and an audience for every role of type jwt: it refuses the configuration or every login',
  fix: 'give one of OIDCDiscoveryURL, JWKSURL and JWTValidationPubKeys, SPIRE\'s jwt_issuer as boundIssuer, and boundAudiences',
  source: 'Vault: JWT/OIDC auth method; vault-config-operator',
  check: (system, report) => {
    const ours = (manifest: Manifest): boolean => manifest.group === 'redhatcop.redhat.io';
    const tell = (manifest: Manifest, problems: readonly VaultJwtProblem[]): void => {
      for (const { field, message } of problems) report.at(manifest, field === '' ? ['spec'] as Path : ['spec', operatorName(field)], message);
    };
    for (const role of system.all('JWTOIDCAuthEngineRole').filter(ours)) tell(role, jwtRoleProblems(vaultNamed(role.spec, ROLE), operatorName));
    for (const role of system.all('CertAuthEngineRole').filter(ours)) {
      asTexts(role.spec.allowedURISANs).forEach((uri, i) => {
        if (/^[a-z0-9._-]+\/(ns|sa)\//.test(uri)) report.at(role, ['spec', 'allowedURISANs', i], `"${uri}" has no spiffe:// in front`);
      });
    }
    for (const config of system.all('JWTOIDCAuthEngineConfig').filter(ours)) tell(config, jwtConfigProblems(system, vaultNamed(config.spec, CONFIG), operatorName));
  },
};

const ROLE = ['bound_audiences', 'role_type', 'user_claim', 'bound_subject', 'bound_claims', 'bound_claims_type'];
const CONFIG = ['oidc_discovery_url', 'jwks_url', 'jwt_validation_pubkeys', 'bound_issuer'];

/** What the operator calls a field of Vault. */
function operatorName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/^(oidc|jwks|jwt)/, prefix => prefix.toUpperCase()).replace(/(Url)$/, 'URL').replace('Pubkeys', 'PubKeys');
}

function vaultNamed(spec: Json, names: readonly string[]): Json {
  return Object.fromEntries(names.map(name => [name, spec[operatorName(name)]]));
}

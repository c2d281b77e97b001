import { isFilledIn } from '../../../model/filled-in';
import { Json, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { VaultWrite, vaultWrites } from '../../../model/vault/scripts';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { jwtConfigProblems, jwtRoleProblems } from '../../vault-jwt';

export const opsVaultScript: Rule = {
  id: 'OPS-VAULT-SCRIPT',
  level: Level.ERROR,
  title: 'a script configures Vault so that it takes no SVID',
  why: 'Vault refuses the configuration, or every login: it looks for SPIFFE IDs in the subject of tokens and in the URI SANs of certificates only',
  fix: 'write role_type=jwt, user_claim=sub, bound_audiences and the SPIFFE ID as bound_subject; for certificates allowed_uri_sans',
  source: 'vault-plugin-auth-jwt path_role.go, path_config.go, path_login.go; vault builtin/credential/cert/path_login.go',
  check: (system, report) => {
    for (const write of vaultWrites(system)) {
      for (const message of problemsOf(system, write)) report.in(write.text, write.line, `${write.path}: ${message}`);
    }
  },
};

const shown = (name: string): string => name;

function problemsOf(system: System, { path, values, isWhole }: VaultWrite): string[] {
  const has = (...names: string[]): boolean => names.some(name => values[name] !== undefined);
  if (/^auth\/[^/]+\/config$/.test(path) && isWhole && has('oidc_discovery_url', 'jwks_url', 'jwks_pairs', 'jwt_validation_pubkeys', 'bound_issuer')) {
    return jwtConfigProblems(system, values, shown).map(({ message }) => message);
  }
  if (/^auth\/[^/]+\/role\/[^/]+$/.test(path) && isWhole && has('role_type', 'user_claim', 'bound_audiences', 'bound_subject')) return roleProblems(values);
  return /^auth\/[^/]+\/certs\/[^/]+$/.test(path) ? certificateProblems(values) : [];
}

function roleProblems(values: Json): string[] {
  const type = asText(values.role_type);
  const problems = jwtRoleProblems(values, shown).map(({ message }) => message);
  if (asText(values.user_claim) === '') problems.push('a role has no user_claim');
  if (type !== '' && type !== 'jwt' && type !== 'oidc' && !isFilledIn(type)) problems.push(`role_type "${type}" is not jwt or oidc`);
  return problems;
}

/** SVIDs have their SPIFFE ID as URI SAN, and nowhere else. */
function certificateProblems(values: Json): string[] {
  const elsewhere = ['allowed_names', 'allowed_common_names', 'allowed_dns_sans', 'allowed_email_sans'].filter(name => /spiffe:\/\//.test(asText(values[name])));
  const bare = asText(values.allowed_uri_sans).split(',').filter(uri => /^[a-z0-9._-]+\/(ns|sa|[\w*-]+)\//.test(uri));
  return [...elsewhere.map(name => `${name} looks at other names than the SPIFFE ID: use allowed_uri_sans`), ...bare.map(uri => `"${uri}" has no spiffe:// in front`)];
}

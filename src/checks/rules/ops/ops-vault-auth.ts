import { Json, Manifest, asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultAuth: Rule = {
  id: 'OPS-VAULT-AUTH',
  level: Level.ERROR,
  title: 'a VaultAuth does not say how to log in',
  why: 'the Vault Secrets Operator refuses it, and none of the secrets that name it is ever written',
  fix: 'give the settings of the method under its name, with its role and where the token comes from',
  source: 'vault-secrets-operator api/v1beta1/vaultauth_types.go, credentials/vault',
  check: (system, report) => {
    for (const auth of system.all('VaultAuth').filter(({ group }) => group === 'secrets.hashicorp.com')) {
      for (const problem of problemsOf(auth)) report.at(auth, ['spec', asText(auth.spec.method)], problem);
    }
  },
};

/** What a method needs: every field of the first list, and exactly one of the second. */
const NEEDS: Record<string, { all: string[]; one?: string[] }> = {
  kubernetes: { all: ['role', 'serviceAccount'] },
  jwt: { all: ['role'], one: ['serviceAccount', 'secretRef'] },
  appRole: { all: ['roleId'], one: ['secretRef', 'secretIDPath'] },
  aws: { all: ['role'] },
  gcp: { all: ['role', 'workloadIdentityServiceAccount'] },
};

function problemsOf({ spec }: Manifest): string[] {
  const method = asText(spec.method);
  const needs = Object.prototype.hasOwnProperty.call(NEEDS, method) ? NEEDS[method] : undefined;
  // a VaultAuthGlobal may hold the rest
  if (!needs || spec.vaultAuthGlobalRef !== undefined) return [];
  if (spec[method] === undefined || spec[method] === null) return [`method is ${method}, and there is no ${method}`];
  const given: Json = asObject(spec[method]);
  const missing = needs.all.filter(name => asText(given[name]) === '').map(name => `${method} has no ${name}`);
  const none = needs.one?.every(name => asText(given[name]) === '') ? [`${method} has none of ${needs.one.join(', ')}`] : [];
  return [...missing, ...none];
}

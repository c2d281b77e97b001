import { Json, asObject, asText } from '../../../model/manifest';
import { parseDuration } from '../../../model/spire/values';
import { vaultWrites } from '../../../model/vault/scripts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultTtl: Rule = {
  id: 'OPS-VAULT-TTL',
  level: Level.WARNING,
  title: 'a token of Vault lives a day or more after a JWT-SVID of minutes',
  why: 'whoever gets hold of it has the policies of the workload long after its identity ended; a workload can log in again at any time',
  fix: 'give a lifetime of minutes, at most an hour or so',
  source: 'SPIRE tutorials k8s/oidc-vault: 24h is for testing',
  check: (system, report) => {
    for (const role of system.all('JWTOIDCAuthEngineRole').filter(({ group }) => group === 'redhatcop.redhat.io')) {
      const { boundSubject, boundClaims, tokenTTL } = role.spec;
      if (isOfWorkloads([boundSubject, boundClaims]) && isLong(tokenTTL)) report.at(role, ['spec', 'tokenTTL'], `tokenTTL is ${asText(tokenTTL)}`);
    }
    for (const { text, line, path, values } of vaultWrites(system)) {
      const ttl = values.token_ttl ?? values.ttl;
      const isRole = /^auth\/[^]+\/role\/[^/]+$/.test(path) && isOfWorkloads([values.bound_subject, values.bound_claims]);
      if (isRole && isLong(ttl)) report.in(text, line, `${path}: token_ttl is ${asText(ttl)}`);
    }
  },
};

const DAY = 24 * 3600;

function isOfWorkloads(bound: Json): boolean {
  return JSON.stringify(asObject({ bound })).includes('spiffe://');
}

/** Vault counts a number without a unit in seconds, and knows days. */
function isLong(value: Json): boolean {
  const text = asText(value);
  const days = /^(\d+)d$/.exec(text)?.[1];
  const seconds = days !== undefined ? Number(days) * DAY : /^\d+$/.test(text) ? Number(text) : parseDuration(text);
  return seconds !== undefined && seconds >= DAY;
}

import { templateRefusal } from './path-templates';
import { Judges, Problem, isUnset, text } from './places';
import { isFilledIn } from '../../model/filled-in';
import { Json, asTexts } from '../../model/manifest';
import { emptyRefusal } from '../../model/mesh/refused-forms';
import { Refusal, rangeRefusal } from '../../model/mesh/refused-values';

const HIGHEST_PORT = 65535;
const MOST_ACCOUNTS = 16;
const LONGEST_ACCOUNT = 320;

/** What Istio refuses in the rules of an AuthorizationPolicy, value by value. */
export const RULES_OF_POLICY: Judges = {
  'rules.*.from.*.source.principals|notPrincipals|requestPrincipals|notRequestPrincipals|namespaces|notNamespaces.*': text(emptyRefusal),
  'rules.*.from.*.source.serviceAccounts|notServiceAccounts': accountProblems,
  'rules.*.from.*.source.trustDomains|notTrustDomains.*': text(trustDomainRefusal),
  'rules.*.from.*.source.ipBlocks|notIpBlocks|remoteIpBlocks|notRemoteIpBlocks.*': text(rangeRefusal),
  'rules.*.to.*.operation.ports|notPorts.*': text(policyPortRefusal),
  'rules.*.to.*.operation.methods|notMethods|hosts|notHosts.*': text(emptyRefusal),
  'rules.*.to.*.operation.paths|notPaths.*': text(pathRefusal),
};

/** What Istio refuses in the conditions of its rules. */
export const CONDITIONS_OF_POLICY: Judges = { 'rules.*.when.*': conditionProblems };

function accountProblems(accounts: Json): Problem[] {
  const texts = asTexts(accounts);
  const each = texts.flatMap((account, i): Problem[] => {
    const refusal = accountRefusal(account);
    return refusal === undefined ? [] : [[[i], refusal]];
  });
  return texts.length > MOST_ACCOUNTS ? [...each, [[], `more than ${MOST_ACCOUNTS} serviceAccounts`]] : each;
}

/** A service account, as `sa` or `namespace/sa`. */
function accountRefusal(account: string): Refusal {
  if (isFilledIn(account)) return undefined;
  if (account === '') return emptyRefusal(account);
  if (account.includes('*')) return `service account "${account}" has a star: service accounts take no wildcards, principals do`;
  const parts = account.split('/');
  if (parts.length > 2 || parts.includes('')) return `service account "${account}" is neither "serviceAccount" nor "namespace/serviceAccount"`;
  return account.length > LONGEST_ACCOUNT ? `a service account of ${account.length} characters: ${LONGEST_ACCOUNT} are taken at most` : undefined;
}

function trustDomainRefusal(domain: string): Refusal {
  if (domain.includes('/') && !isFilledIn(domain)) return `trust domain "${domain}" has a slash: write it without scheme and path, as in "example.org"`;
  return wildcardRefusal(domain);
}

/** A value that is whole, or has one star at its start or end. */
function wildcardRefusal(value: string): Refusal {
  if (value === '' || isFilledIn(value)) return value === '' ? emptyRefusal(value) : undefined;
  const stars = value.split('*').length - 1;
  const isTaken = stars === 0 || stars === 1 && (value.startsWith('*') || value.endsWith('*'));
  return isTaken ? undefined : `"${value}" has a star in the middle, or several: one is taken, at the start or the end`;
}

function policyPortRefusal(port: string): Refusal {
  if (isFilledIn(port) || /^\d+$/.test(port) && Number(port) <= HIGHEST_PORT) return undefined;
  return /^\d+$/.test(port) ? `port "${port}" is above ${HIGHEST_PORT}` : `port "${port}" is no number`;
}

function pathRefusal(path: string): Refusal {
  return isFilledIn(path) ? undefined : emptyRefusal(path) ?? templateRefusal(path);
}

/** Keys of conditions whose values have a form. */
const KEYS: readonly [key: RegExp, refusal: (value: string) => Refusal][] = [
  [/^(source|destination|remote)\.ip$/, rangeRefusal],
  [/^destination\.port$/, policyPortRefusal],
  [/^source\.serviceAccount$/, accountRefusal],
  [/^source\.trustDomain$/, wildcardRefusal],
];

function conditionProblems(condition: Json): Problem[] {
  const key = condition.key;
  if (typeof key !== 'string' || isUnset(key)) return [];
  const refusal = KEYS.find(([known]) => known.test(key))?.[1] ?? emptyRefusal;
  return ['values', 'notValues'].flatMap(field => asTexts(condition[field]).flatMap((value, i): Problem[] => {
    const refused = isFilledIn(value) ? undefined : emptyRefusal(value) ?? refusal(value);
    return refused === undefined ? [] : [[[field, i], `${key}: ${refused}`]];
  }));
}

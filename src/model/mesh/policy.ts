import { Json, Manifest, Path, asObject, asObjects, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** AuthorizationPolicies of Istio. */
export const authorizationPolicies = once((system: System): readonly Manifest[] =>
  system.all('AuthorizationPolicy').filter(policy => policy.group === 'security.istio.io'));

/** What an operation says of requests, which only HTTP has. */
export const HTTP_FIELDS = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'];

/** One source of a rule, or one condition, and where it stands. */
export interface Clause {
  readonly policy: Manifest;
  readonly path: Path;
  readonly value: Json;
}

export const sourcesOf = once((policy: Manifest): readonly Clause[] => kept(asObjects(policy.spec.rules).flatMap((rule, i) =>
  asObjects(rule.from).map((from, j) => ({ policy, path: ['spec', 'rules', i, 'from', j, 'source'], value: asObject(from.source) })))));

export const operationsOf = once((policy: Manifest): readonly Clause[] => kept(asObjects(policy.spec.rules).flatMap((rule, i) =>
  asObjects(rule.to).map((to, j) => ({ policy, path: ['spec', 'rules', i, 'to', j, 'operation'], value: asObject(to.operation) })))));

export const conditionsOf = once((policy: Manifest): readonly Clause[] => kept(asObjects(policy.spec.rules).flatMap((rule, i) =>
  asObjects(rule.when).map((value, j) => ({ policy, path: ['spec', 'rules', i, 'when', j], value })))));

const NONE: readonly never[] = [];

/** A list as it is kept for each policy: one that grew has room for sixteen more. */
function kept<T>(list: T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}

/** Every principal of a policy, those of conditions included, and where it stands. */
export const principalsOf = once((policy: Manifest): readonly { principal: string; path: Path }[] => {
  const found: { principal: string; path: Path }[] = [];
  for (const { path, value } of sourcesOf(policy)) {
    for (const field of ['principals', 'notPrincipals']) {
      asTexts(value[field]).forEach((principal, i) => found.push({ principal, path: [...path, field, i] }));
    }
  }
  for (const { path, value } of conditionsOf(policy).filter(condition => condition.value.key === 'source.principal')) {
    for (const field of ['values', 'notValues']) {
      asTexts(value[field]).forEach((principal, i) => found.push({ principal, path: [...path, field, i] }));
    }
  }
  return kept(found);
});

/** The principals that a policy is about, without those that it leaves out. */
export const includedPrincipalsOf = once((policy: Manifest): readonly { principal: string; path: Path }[] =>
  principalsOf(policy).filter(({ path }) => !['notPrincipals', 'notValues'].some(field => path.includes(field))));

/** The trust domain of a principal that says it whole, of one identity, of several, or of all; not of one with a scheme. */
export function trustDomainOf(principal: string): string | undefined {
  return /^([^/*:]+)\//.exec(principal)?.[1];
}

/** The parts of a principal that names one service account. */
export function identityOf(principal: string): { trustDomain: string; namespace: string; serviceAccount: string } | undefined {
  const match = /^([^/*]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal);
  return match ? { trustDomain: match[1], namespace: match[2], serviceAccount: match[3] } : undefined;
}

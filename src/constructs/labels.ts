import { partOf } from './part-of';
import { isDnsSubdomain } from '../identity/dns-name';
import { requireProps } from '../identity/require-props';

/**
 * The labels that every object of the library has. A name that cannot be the value of a label is in none: names have up to 253 characters, labels 63.
 *
 * @param name what the object is, such as `spire-server`
 * @param owner the namespace that it is in; of an object without namespace, what it belongs to, such as `spire`
 */
export function labels(name: string, owner: string): { [key: string]: string } {
  return {
    ...(WORD.test(name) ? selectorLabels(name) : {}),
    ...commonLabels(owner),
  };
}

/**
 * The labels of an object that is one of many: its name can be longer than a label may be.
 */
export function commonLabels(owner: string): { [key: string]: string } {
  return { 'app.kubernetes.io/part-of': partOf(owner), 'app.kubernetes.io/managed-by': 'cdk8s-spiffe' };
}

/**
 * The labels that select the pods of a workload. They never change, as selectors of workloads cannot.
 */
export function selectorLabels(name: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': name };
}

/**
 * What selects a namespace by its name.
 */
export function namespaceSelector(name: string): { matchLabels: { [key: string]: string } } {
  return { matchLabels: { [NAMESPACE_NAME]: name } };
}

/**
 * The label that Kubernetes gives to each namespace.
 */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * Refuses labels that the API server would refuse, together with the object that has them or selects by them.
 *
 * @param what the labels are, such as `ruleLabels`
 */
export function requireLabels(what: string, given: { readonly [key: string]: string } | undefined): void {
  requireProps(what, { labels: given }, { labels: 'map?' });
  for (const [key, value] of Object.entries(given ?? {})) {
    requireLabelKey(what, key);
    requireLabelValue(what, key, value);
  }
}

/**
 * Refuses what is no key of a label.
 */
export function requireLabelKey(what: string, key: string): void {
  const [name, prefix, ...rest] = key.split('/').reverse();
  if (rest.length > 0 || !WORD.test(name) || (prefix !== undefined && !isDnsSubdomain(prefix))) {
    throw new Error(`${what} has the key '${key}', which no label can have: use up to 63 letters, digits, '.', '-' and '_', a letter or digit at both `
      + "ends, and before it, if you like, a DNS name and '/'");
  }
}

/**
 * Refuses what is no value of a label.
 */
export function requireLabelValue(what: string, key: string, value: string): void {
  if (typeof value !== 'string' || (value !== '' && !WORD.test(value))) {
    throw new Error(`${what} has the value ${JSON.stringify(value)} for '${key}', which no label can have: use a text of up to 63 letters, digits, '.', '-' `
      + "and '_', a letter or digit at both ends");
  }
}

const WORD = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

import { isIP } from 'node:net';
import { isCidr } from '../../formats/cidr';
import { isFilledIn } from '../filled-in';

/** What Istio has against a value; undefined where it takes it. */
export type Refusal = string | undefined;

// what a replacement of kustomize, or a script, puts a name in place of
const PLACEHOLDER = /(?:^|[./])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=$|[./])|^\{[^{}]*\}$/;
const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const FIRST_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const LABEL_KEY = /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?\/)?(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9])?$/;
const LONGEST_LABEL = 63;
const LONGEST_DOMAIN = 255;

/** Whether something else puts the name in before it is used. */
export function isOpenName(name: string): boolean {
  return isFilledIn(name) || PLACEHOLDER.test(name);
}

/** A DNS label, as the name of a namespace is. */
export function isDnsLabel(text: string): boolean {
  return isFilledIn(text) || text.length <= LONGEST_LABEL && LABEL.test(text);
}

/** A name in DNS, without wildcards. */
export function domainRefusal(name: string): Refusal {
  return isOpenName(name) ? undefined : lengthRefusal(name) ?? labelsRefusal(name, name);
}

/** A name in DNS whose first label may be, or begin with, a `*`. */
export function wildcardDomainRefusal(name: string): Refusal {
  if (isOpenName(name)) return undefined;
  const [first, rest] = splitOnce(name, '.');
  if (name !== '' && !(first.length <= LONGEST_LABEL && FIRST_LABEL.test(first))) return `"${name}" is no DNS name: "${first}" may not be a part of one`;
  return lengthRefusal(name) ?? (rest === undefined ? undefined : labelsRefusal(name, rest));
}

/** An IPv4 or IPv6 address. */
export function addressRefusal(text: string): Refusal {
  return isFilledIn(text) || isIP(text) !== 0 ? undefined : `"${text}" is no IP address`;
}

/** An address, or a range of them. */
export function rangeRefusal(text: string): Refusal {
  return isFilledIn(text) || isIP(text) !== 0 || isCidr(text) ? undefined : `"${text}" is no address or range`;
}

/** A port that is a number. */
export function portRefusal(port: unknown): Refusal {
  if (typeof port === 'string' && isFilledIn(port)) return undefined;
  const number = Number(port);
  return Number.isInteger(number) && number >= 1 && number <= 65535 ? undefined : `port ${JSON.stringify(port)} is not from 1 to 65535`;
}

/** Labels that pods are selected by. */
export function podLabelsRefusal(labels: Readonly<Record<string, string>>): Refusal {
  for (const [key, value] of Object.entries(labels)) {
    if (isFilledIn(key) || isFilledIn(value)) continue;
    if (!LABEL_KEY.test(key) || splitOnce(key, '/').pop()!.length > LONGEST_LABEL) return `"${key}" is no key of a label`;
    if (!LABEL_VALUE.test(value)) return `"${value}" is no value of a label`;
  }
  return undefined;
}

/** An entry of `exportTo`. */
export function exportToRefusal(entry: string): Refusal {
  if (entry === '.' || entry === '*' || isDnsLabel(entry)) return undefined;
  return `exportTo "${entry}" is neither "." nor "*" nor a namespace`;
}

function lengthRefusal(name: string): Refusal {
  if (name === '') return 'the name is empty';
  return name.length > LONGEST_DOMAIN ? `"${name.slice(0, 40)}…" has more than ${LONGEST_DOMAIN} characters` : undefined;
}

/** The labels of a name; the last may be empty, as in `istio.io.`. */
function labelsRefusal(name: string, rest: string): Refusal {
  const labels = rest.split('.');
  const last = labels[labels.length - 1];
  if (/^[-+]?\d+$/.test(last)) return `"${name}" is no DNS name: "${last}" at its end is a number`;
  const wrong = labels.find((label, i) => !(label === '' && i === labels.length - 1) && !(label.length <= LONGEST_LABEL && LABEL.test(label)));
  return wrong === undefined ? undefined : `"${name}" is no DNS name: "${wrong}" may not be a part of one`;
}

function splitOnce(text: string, separator: string): [first: string, rest?: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

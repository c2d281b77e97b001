import { isIP } from 'node:net';
import { isCidr } from '../../../formats/cidr';
import { amountOf } from '../../../formats/quantity';
import { isDataKey, isLabelName, isLabelValue, isObjectName, isPathName, isPortName, isQualifiedName, isStandIn } from '../../../model/kubernetes/forms';
import { Json, asList, asObject } from '../../../model/manifest';
import { isOpenName } from '../../../model/mesh/refused-values';
import { shown } from '../../schemas/notation';
import { Judge, Judges, Problem, text } from '../places';

// Messages here go on from the name of the field, which the rule writes before them; what is missing is told as `has no` or `has none`.

/** A judge of text of a form. */
export function form(isTaken: (value: string) => boolean, wanted: string, isOpen = isOpenName): Judge {
  return text(value => isTaken(value) || isOpen(value) ? undefined : `is ${shortened(value)}: ${wanted}`);
}

const LONGEST_SHOWN = 70;

function shortened(value: string): string {
  return value.length > LONGEST_SHOWN ? `"${value.slice(0, LONGEST_SHOWN)}…", of ${value.length} characters` : JSON.stringify(value);
}

const SMALL = 'small letters, digits and dashes, with a letter or digit at both ends';
export const NAME_WANTED = `${SMALL}, and dots between such words are taken, 253 characters at most`;
export const LABEL_NAME_WANTED = `${SMALL} are taken, 63 characters at most`;
const LABEL_VALUE_WANTED = 'letters, digits, dashes, dots and underscores, with a letter or digit at both ends, are taken, 63 characters at most';
const KEY_WANTED = 'a key is a word of letters, digits, dashes, dots and underscores, 63 characters at most, perhaps behind a domain and one slash';

/** Names of objects, and of what is in them. */
export const objectName = form(value => value === '' || isObjectName(value), NAME_WANTED, isStandIn);
export const labelName = form(value => value === '' || isLabelName(value), LABEL_NAME_WANTED, isStandIn);
export const pathName = form(value => value === '' || isPathName(value), 'a name has no / and no % and is not . or ..', isStandIn);
export const qualifiedName = form(value => value === '' || isQualifiedName(value), KEY_WANTED, isStandIn);
export const labelValue = form(isLabelValue, LABEL_VALUE_WANTED, isStandIn);
export const dataKey = form(value => value === '' || isDataKey(value), 'letters, digits, dashes, dots and underscores are taken', isStandIn);

const PORT_NAME_WANTED = 'the name of a port has small letters, digits and single dashes, at least one letter, and 15 characters at most';
export const portName = form(value => value === '' || isPortName(value), PORT_NAME_WANTED, isStandIn);

/** The number of a port. */
export const port = within(1, 65535);

/** A port by number, or by the name that a container gives it. */
export const portOrName: Judge = value => {
  if (typeof value === 'object') return `is ${shown(value)}: a number or the name of a port is wanted`;
  return typeof value === 'number' ? port(value) : nameInPlaceOfPort(value);
};

const nameInPlaceOfPort = form(isPortName, `${PORT_NAME_WANTED}, and a number is no text`, isStandIn);

export const ip = form(value => isIP(value) !== 0, 'an IP address is wanted');
/** Addresses with bits behind the prefix, or with zeros before a number, are taken by servers before 1.36. */
export const cidr = form(value => isCidr(value.replace(/\b0+(?=\d)/g, '')), 'a range of addresses such as 10.0.0.0/8 is wanted');

/** A whole number in a range. */
export function within(from: number, to: number): Judge {
  return value => typeof value !== 'number' || Number.isInteger(value) && value >= from && value <= to ? undefined
    : `is ${value}: ${to >= LARGEST ? `at least ${from}` : `${from} to ${to}`} is wanted`;
}

const LARGEST = 2 ** 31 - 1;
export const notNegative = within(0, LARGEST);
export const positive = within(1, LARGEST);

/** One of some words, or nothing, which is the default. */
export function words(...taken: string[]): Judge {
  return form(value => value === '' || taken.includes(value), `${taken.length > 1 ? 'one of ' : ''}${taken.join(', ')} is wanted`);
}

/** An amount, in quotes or without. */
export const amount: Judge = value => !Number.isNaN(amountOf(String(value))) || isStandIn(String(value)) ? undefined
  : `is ${shown(value)}: a quantity such as 500m, 2, 64Mi or 1Gi is wanted`;

/** The same, and not below none. */
export const quantity: Judge = value => {
  const size = amountOf(String(value));
  return size >= 0 ? undefined : size < 0 ? `is ${value}: none below 0 is taken` : amount(value);
};

/** A number, or a percentage of at most 100. */
export const share: Judge = value => typeof value === 'number' ? notNegative(value) : percentage(typeof value === 'object' ? '' : value);

const percentage = form(value => /^\d+%$/.test(value) && parseInt(value) <= 100, 'a number without quotes, or a percentage of at most 100%, is wanted');

/** A path without a step up; the fields that are below a folder may not be absolute. */
export const upless = form(value => !value.split('/').includes('..'), 'a path without .. is wanted');
export const relative = form(value => !value.startsWith('/') && !value.split('/').includes('..'), 'a relative path without .. is wanted');

/** Permissions of a file: what is 0644 in YAML 1.1, is 420. */
export const fileMode = within(0, 0o777);

/** A mapping of texts; numbers and booleans are told where they are so often that they have a rule. */
export const plainText: Judge = value => typeof value === 'object' ? `is ${shown(value)}: text is wanted, such as behind a |` : undefined;
export const anyText: Judge = value => typeof value === 'string' ? undefined : `is ${shown(value)}: text is wanted: write it in quotes`;

/** A list with something in it. */
export const filled: Judge = value => Array.isArray(value) && value.length === 0 ? 'is an empty list: something is wanted in it' : undefined;

/** Labels of an object, or those that a selector wants. */
export const labels: Judge = value => {
  const doubtful = Object.keys(asObject(value)).filter(key => !isQualifiedName(key) || typeof value[key] !== 'string' || !isLabelValue(value[key]));
  return doubtful.length > 0 ? labelProblems(value, doubtful) : undefined;
};

const labelProblems = (value: Json, keys: readonly string[]): Problem[] => keys.flatMap((key): Problem[] => {
  const found = [keyProblem(key, isQualifiedName, KEY_WANTED), labelValue(value[key])];
  return found.filter((message): message is string => typeof message === 'string').map(message => [[key], message]);
});

/** Keys of annotations, whose values are free. */
export const annotations: Judge = value => keyProblems(value, key => isQualifiedName(key.toLowerCase()), KEY_WANTED);

/** Problems of the keys of a mapping. */
export function keyProblems(value: Json, isTaken: (key: string) => boolean, wanted: string): Problem[] {
  const doubtful = Object.keys(asObject(value)).filter(key => !isTaken(key));
  return doubtful.flatMap((key): Problem[] => {
    const message = keyProblem(key, isTaken, wanted);
    return message === undefined ? [] : [[[key], message]];
  });
}

function keyProblem(key: string, isTaken: (key: string) => boolean, wanted: string): string | undefined {
  return isTaken(key) || isStandIn(key) ? undefined : `is no key that is taken here: ${wanted}`;
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A condition of a selector. */
export function condition(operators: readonly string[] = OPERATORS): Judge {
  const operator = words(...operators);
  return value => {
    const given = asList(value.values).length;
    const needs = ['In', 'NotIn'].includes(value.operator);
    const told = operator(value.operator);
    const found: Problem[] = typeof told === 'string' ? [[['operator'], told]] : [];
    if (needs && given === 0) found.push([[], `has no values, which operator ${value.operator} needs`]);
    if (['Exists', 'DoesNotExist'].includes(value.operator) && given > 0) found.push([['values'], `may not stand beside operator ${value.operator}, which asks for the key alone`]);
    return found;
  };
}

/** A selector by labels. */
export const SELECTOR: Judges = {
  'matchLabels': labels,
  'matchLabels.*': anyText,
  'matchExpressions.*': condition(),
  'matchExpressions.*.key': qualifiedName,
  'matchExpressions.*.values.*': labelValue,
};

/** Fields of an object of which one may be given. */
export function oneOf(...names: string[]): Judge {
  return value => {
    const given = namesGiven(value, names);
    return given.length > 1 ? [[[given[1]], `may not stand beside ${given[0]}: one of them is taken`]] : [];
  };
}

/** Fields of an object of which one must be given. */
export function exactlyOneOf(...names: string[]): Judge {
  const most = oneOf(...names);
  return value => namesGiven(value, names).length === 0 ? `has none of ${names.join(', ')}: one is wanted` : most(value);
}

export function namesGiven(value: Json, names: readonly string[]): string[] {
  return names.filter(name => value?.[name] !== undefined && value[name] !== null);
}

/** The same judges for what stands below some places. */
export function below(place: string, judges: Judges): Judges {
  return Object.fromEntries(Object.entries(judges).map(([key, judge]) => [[place, key].filter(one => one !== '').join('.'), judge]));
}

/** Several judges of one value. */
export { all } from '../traffic/values';

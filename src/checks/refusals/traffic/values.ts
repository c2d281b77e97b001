import { isIP } from 'node:net';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Path, asList, asObject } from '../../../model/manifest';
import { durationFormRefusal, durationLengthRefusal } from '../../../model/mesh/refused-forms';
import { Refusal, addressRefusal, domainRefusal, podLabelsRefusal, portRefusal, wildcardDomainRefusal } from '../../../model/mesh/refused-values';
import { parseDuration } from '../../../model/spire/values';
import { isVariable } from '../../schemas/notation';
import { Judge, Problem, text } from '../places';

/** A duration that is at least a millisecond, and whole ones; what is none is told by the definition of the kind. */
export const duration: Judge = text(durationLengthRefusal);

/** A duration, or less than a millisecond for none. */
export const durationOrZero: Judge = text(value => durationFormRefusal(value)
  ?? (Math.trunc((parseDuration(value) ?? 0) * 1000) === 0 ? undefined : durationLengthRefusal(value)));

/** A duration that Istio only reads. */
export const anyDuration: Judge = text(durationFormRefusal);

/** A port, or zero for none. */
export const portOrNone: Judge = value => value === 0 ? undefined : port(value);

/** A port; that it is no whole number is told by the definition of the kind. */
export const port: Judge = value => Number.isInteger(value) ? portRefusal(value) : undefined;

export const percent: Judge = value => value < 0 || value > 100 ? `${value} is no percentage: 0 to 100 is wanted` : undefined;

export const atLeastZero: Judge = value => value < 0 ? `${value} is below 0` : undefined;

export const domain: Judge = text(domainRefusal);

export const wildcardDomain: Judge = text(wildcardDomainRefusal);

export const address: Judge = text(addressRefusal);

/** A name in DNS, or an address. */
export const domainOrAddress: Judge = text(value => isIP(value) !== 0 ? undefined : domainRefusal(value));

/** Labels of pods, of endpoints or of callers. */
export const labels: Judge = value => podLabelsRefusal(Object.fromEntries(Object.entries(asObject(value)).filter(isText)));

/** One of some words; an empty one says nothing. */
export function word(words: readonly string[], what: string): Judge {
  const isTaken = (value: string): boolean => value === '' || isFilledIn(value) || words.includes(value);
  return text(value => isTaken(value) ? undefined : `${what} "${value}" is not one of ${words.join(', ')}`);
}

/** A number from one to another. */
export function within(least: number, most: number, name: string): Judge {
  return value => value < least || value > most ? `${name} ${value} is none of ${least} to ${most}` : undefined;
}

/** Fields of an object that exclude each other. */
export function oneOf(...names: string[]): Judge {
  return value => {
    const given = names.filter(name => isGiven(asObject(value)[name]));
    return given.length > 1 ? [[[given[1]], `${given.join(' and ')} exclude each other`]] : [];
  };
}

/** Several judges of one value. */
export function all(...judges: readonly Judge[]): Judge {
  return value => judges.flatMap((judge): readonly Problem[] => {
    const found = judge(value) ?? [];
    return typeof found === 'string' ? [[[], found]] : found;
  });
}

/** What a condition says against a value. */
export function told(refusal: Refusal, ...path: (string | number)[]): Problem[] {
  return refusal === undefined ? [] : [[path, refusal]];
}

/** Problems of a value that stands at a path. */
export function below(path: Path, problems: readonly Problem[]): Problem[] {
  return problems.map(([inside, message]) => [[...path, ...inside], message]);
}

/** Whether a field is there at all, even if it says nothing. */
export function isGiven(value: Json): boolean {
  return value !== undefined && value !== null;
}

/** The objects of a list but those that another program puts in. */
export function seenObjects(value: Json): Json[] {
  return asList(value).filter(one => !isVariable(one)).map(asObject);
}

/** Whether a key or a value below is put in by another program, so that the whole is not seen. */
export function isOpen(value: Json): boolean {
  return Object.keys(asObject(value)).some(isFilledIn);
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

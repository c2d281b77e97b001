import { Json, Path } from '../../model/manifest';
import { Refusal } from '../../model/mesh/refused-values';
import { isVariable } from '../schemas/notation';

/** What is wrong, and where below the value that was looked at. */
export type Problem = readonly [path: Path, message: string];

/** What there is against a value: one message about it, or several about what is in it. */
export type Judge = (value: Json) => Refusal | readonly Problem[];

/**
 * Judges of the values at places, such as `rules.*.to.*.operation.paths|notPaths.*`: a star is every item of a list or value of a mapping,
 * and names between bars are alternatives.
 */
export type Judges = Readonly<Record<string, Judge>>;

/** All problems of a value. What is absent, null or filled in by another program has none. */
export function problemsOf(judges: Judges, value: Json, path: Path): Problem[] {
  return Object.keys(judges).flatMap(place => visit(value, path, stepsOf(place), 0, judges[place]));
}

/** A judge of text; what is no text is told by the definition of the kind. */
export function text(refusal: (value: string) => Refusal): Judge {
  return value => typeof value === 'string' ? refusal(value) : undefined;
}

/** A judge of numbers. */
export function number(isTaken: (value: number) => boolean, wanted: string): Judge {
  return value => typeof value !== 'number' || isTaken(value) ? undefined : `${value} is not taken: ${wanted} is wanted`;
}

/** Whether a field is not there, or says nothing. */
export function isUnset(value: Json): boolean {
  return value === undefined || value === null || value === '' || Array.isArray(value) && value.length === 0;
}

const steps = new Map<string, readonly string[][]>();

function stepsOf(place: string): readonly string[][] {
  if (!steps.has(place)) steps.set(place, place === '' ? [] : place.split('.').map(step => step.split('|')));
  return steps.get(place)!;
}

function visit(value: Json, path: Path, places: readonly string[][], depth: number, judge: Judge): Problem[] {
  if (value === undefined || value === null || isVariable(value)) return [];
  if (depth === places.length) {
    const found = judge(value) ?? [];
    return typeof found === 'string' ? [[path, found]] : found.map(([below, message]): Problem => [[...path, ...below], message]);
  }
  if (typeof value !== 'object') return [];
  const names = places[depth][0] === '*' ? Array.isArray(value) ? value.keys() : Object.keys(value) : places[depth];
  return [...names].flatMap((name: string | number) => visit(value[name], [...path, name], places, depth + 1, judge));
}

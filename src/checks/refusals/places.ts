import { Json, Path } from '../../model/manifest';
import { Refusal } from '../../model/mesh/refused-values';
import { once } from '../../model/once';
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
  const found: Problem[] = [];
  if (value !== undefined && value !== null) visit(treeOf(judges), value, [...path], found);
  return found;
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

/** Judges by the steps that lead to them, so that a value is visited once for all of them. */
interface Place {
  readonly judges: Judge[];
  readonly below: Map<string, Place>;
}

const EACH = '*';
const NOTHING: readonly Problem[] = [];

const treeOf = once((judges: Judges): Place => {
  const root = newPlace();
  for (const place of Object.keys(judges)) {
    const steps = place === '' ? [] : place.split('.').map(step => step.split('|'));
    const ends = steps.reduce((places, names) => places.flatMap(one => names.map(name => placeBelow(one, name))), [root]);
    for (const end of ends) end.judges.push(judges[place]);
  }
  return root;
});

function newPlace(): Place {
  return { judges: [], below: new Map() };
}

function placeBelow({ below }: Place, name: string): Place {
  const place = below.get(name) ?? newPlace();
  below.set(name, place);
  return place;
}

function visit(place: Place, value: Json, path: (string | number)[], found: Problem[]): void {
  for (const judge of place.judges) {
    const told = judge(value) ?? NOTHING;
    if (told.length === 0 || isVariable(value)) continue;
    if (typeof told === 'string') found.push([[...path], told]);
    else for (const [below, message] of told) found.push([[...path, ...below], message]);
  }
  if (typeof value !== 'object' || place.below.size === 0) return;
  const each = place.below.get(EACH);
  if (!Array.isArray(value)) visitMapping(place, each, value, path, found);
  else if (each) value.forEach((_, i) => visitAt(i, each, value, path, found));
}

/** Goes by the keys that are there, which are fewer than the places. */
function visitMapping({ below }: Place, each: Place | undefined, mapping: Json, path: (string | number)[], found: Problem[]): void {
  for (const key of Object.keys(mapping)) {
    const next = key === EACH ? undefined : below.get(key);
    if (next) visitAt(key, next, mapping, path, found);
    if (each) visitAt(key, each, mapping, path, found);
  }
}

function visitAt(step: string | number, place: Place, holder: Json, path: (string | number)[], found: Problem[]): void {
  const value = holder[step];
  if (value === undefined || value === null) return;
  path.push(step);
  visit(place, value, path, found);
  path.pop();
}

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
  const at = [...path];
  for (const [steps, judge] of placesOf(judges)) visit(value, at, steps, 0, judge, found);
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

type Steps = readonly (readonly string[])[];

const placesOf = once((judges: Judges): readonly (readonly [Steps, Judge])[] =>
  Object.keys(judges).map(place => [place === '' ? [] : place.split('.').map(step => step.split('|')), judges[place]]));

/** Goes down to the values at a place; the path is one list, which is copied where there is a problem. */
function visit(value: Json, path: (string | number)[], steps: Steps, depth: number, judge: Judge, found: Problem[]): void {
  if (value === undefined || value === null || isVariable(value)) return;
  if (depth === steps.length) {
    const problems = judge(value);
    if (typeof problems === 'string') found.push([[...path], problems]);
    else if (problems !== undefined) for (const [below, message] of problems) found.push([[...path, ...below], message]);
    return;
  }
  if (typeof value !== 'object') return;
  const isEach = steps[depth][0] === '*';
  for (const name of isEach ? Array.isArray(value) ? value.keys() : Object.keys(value) : steps[depth]) {
    path.push(name);
    visit(value[name], path, steps, depth + 1, judge, found);
    path.pop();
  }
}

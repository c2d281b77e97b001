import { Judge, Judges, Problem, problemsOf, text } from '../places';
import { isGiven, port } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asList, asObject, asObjects } from '../../../model/manifest';
import { Refusal, isDnsLabel, wildcardDomainRefusal } from '../../../model/mesh/refused-values';

/** The name of a subset of a DestinationRule. */
export const subsetName: Judge = text(subsetRefusal);

/** Where a route leads to. */
const DESTINATION: Judges = {
  'host': text(host => host === '*' ? 'host "*" is no destination: write the host of a service' : wildcardDomainRefusal(host)),
  'subset': text(name => name === '' ? undefined : subsetRefusal(name)),
  'port': value => isGiven(value.number) ? undefined : 'port has no number',
  'port.number': port,
};

export function destinationProblems(value: Json): Problem[] {
  return problemsOf(DESTINATION, value, []);
}

/** What Istio has against the shares of destinations. */
export function weightProblems(routes: Json): Problem[] {
  const shares = asObjects(routes).map(route => asObject(route).weight);
  const negative = shares.flatMap((share, i): Problem[] => share < 0 ? [[[i, 'weight'], `weight ${share} is below 0`]] : []);
  const isKnown = shares.every(share => !isGiven(share) || typeof share === 'number' || share === '');
  const total = shares.reduce((sum: number, share) => sum + (Number(share) || 0), 0);
  if (negative.length > 0 || !isKnown || asList(routes).length < 2 || total !== 0) return negative;
  return [[[], 'no destination has a weight: of several destinations, one at least must have one above 0']];
}

/** Whether a text says something, or something else fills it in. */
export function isNamed(value: Json): boolean {
  return typeof value === 'string' && (value !== '' || isFilledIn(value));
}

function subsetRefusal(name: string): Refusal {
  if (name === '') return 'the name of a subset is empty';
  return isDnsLabel(name) ? undefined : `"${name}" is no name of a subset: letters, digits and dashes are taken`;
}

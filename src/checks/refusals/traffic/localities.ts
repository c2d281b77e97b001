import { Problem } from '../places';
import { told } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asList, asObject, asText } from '../../../model/manifest';
import { Refusal } from '../../../model/mesh/refused-values';
import { isVariable } from '../../schemas/notation';

const WHOLE = 100;

/** What Istio has against how requests are spread over localities. */
export function distributeProblems(distribute: Json): Problem[] {
  const entries = asList(distribute);
  const sources = localitiesRefusal(entries.map(entry => isVariable(entry) ? undefined : asText(asObject(entry).from)));
  return [
    ...told(sources?.refusal, 'distribute', sources?.at ?? 0, 'from'),
    ...entries.flatMap((entry, i) => isVariable(entry) ? [] : targetProblems(asObject(entry).to ?? {}, ['distribute', i, 'to'])),
  ];
}

/** What Istio has against the region that takes over for another. */
export function failoverProblems({ from, to }: Json): Problem[] {
  const regions = [asText(from), asText(to)];
  if (regions.some(isFilledIn)) return [];
  if (regions[0] === regions[1]) return [[[], `failover from "${regions[0]}" to itself`]];
  const zones = `failover from "${regions[0]}" to "${regions[1]}": only regions are taken, no zones`;
  if (regions.some(region => region.includes('/'))) return [[[], zones]];
  return regions.some(region => region.includes('*')) ? [[[], 'failover takes no stars: write the region']] : [];
}

function targetProblems(to: Json, path: (string | number)[]): Problem[] {
  if (isVariable(to)) return [];
  const shares = Object.values(to);
  if (Object.keys(to).some(isFilledIn) || shares.some(share => typeof share !== 'number')) return [];
  const wrong = Object.keys(to).find(locality => !(to[locality] > 0 && to[locality] <= WHOLE));
  if (wrong !== undefined) return [[[...path, wrong], `weight ${to[wrong]} of ${wrong} is none of 1 to ${WHOLE}`]];
  const total = shares.reduce((sum: number, share) => sum + (share as number), 0);
  if (total !== WHOLE) return [[path, `the weights are ${total} in sum: ${WHOLE} is wanted`]];
  // in what order istiod looks at them is chance: those that cover others come first
  const fault = localitiesRefusal(Object.keys(to).sort((a, b) => breadth(a) - breadth(b)));
  return fault === undefined ? [] : [[path, fault.refusal]];
}

function breadth(locality: string): number {
  return 2 * locality.split('/').length - (locality.endsWith('*') ? 1 : 0);
}

/** The first of localities that has a wrong form, or is part of one before it. */
function localitiesRefusal(localities: readonly (string | undefined)[]): { at: number; refusal: string } | undefined {
  const known = new Set<string>();
  for (const [at, locality] of localities.entries()) {
    if (locality === undefined || isFilledIn(locality)) continue;
    const refusal = formRefusal(locality) ?? overlap(locality, known);
    if (refusal !== undefined) return { at, refusal };
    remember(locality, known);
  }
  return undefined;
}

function formRefusal(locality: string): Refusal {
  if (/\*./.test(locality)) return `locality "${locality}" has a star that is not at its end`;
  return locality.split('/').slice(0, 3).includes('') ? `locality "${locality}" has an empty part: region/zone/subzone is wanted` : undefined;
}

const ALL = '\0';

/** A locality names all below it; a star is a name for itself, and all that follow overlap with one alone. */
function overlap(locality: string, known: ReadonlySet<string>): Refusal {
  const [region, zone, subzone] = split(locality);
  const itself = zone === undefined ? region : subzone === undefined ? `${region}/${zone}` : `${region}/${zone}/${subzone}`;
  const taken = [`*${ALL}`, `${region}${ALL}`, `${region}/${zone}${ALL}`, itself];
  return taken.some(name => known.has(name)) ? `locality "${locality}" overlaps with another` : undefined;
}

function remember(locality: string, known: Set<string>): void {
  const [region, zone, subzone] = split(locality);
  known.add(region);
  if (region === '*' || zone === undefined || zone === '*') known.add(`${region}${ALL}`);
  if (zone === undefined) return;
  known.add(`${region}/${zone}`);
  if (subzone === undefined || subzone === '*') known.add(`${region}/${zone}${ALL}`);
  else known.add(`${region}/${zone}/${subzone}`);
}

function split(locality: string): [region: string, zone?: string, subzone?: string] {
  const [region, zone, ...rest] = locality.split('/');
  return [region, zone, rest.length > 0 ? rest.join('/') : undefined];
}

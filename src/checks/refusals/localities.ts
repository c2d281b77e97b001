import { Problem, isUnset } from './places';
import { Json, asList, asObject, asObjects, asRecord, asText, asTexts } from '../../model/manifest';

const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
const WHOLE = 100;

/** What Istio has against how requests are kept in a locality. */
export function distributionProblems(setting: Json): Problem[] {
  const { distribute, failover, failoverPriority } = asObject(setting);
  const [hasDistribute, hasFailover] = [!isUnset(distribute), !isUnset(failover)];
  if (hasDistribute && hasFailover) return [[['failover'], 'distribute and failover exclude each other']];
  const topology = hasFailover ? asTexts(failoverPriority).findIndex(label => TOPOLOGY.includes(label)) : -1;
  if (topology >= 0) return [[['failoverPriority', topology], `failover and ${failoverPriority[topology]} exclude each other`]];
  const froms = asObjects(distribute).map(({ from }) => asText(from));
  return [
    ...asObjects(distribute).flatMap(({ to }, i) => [...weightProblems(asObject(to), ['distribute', i, 'to']), ...overlaps(Object.keys(asObject(to)), () => ['distribute', i, 'to'])]),
    ...overlaps(froms, i => ['distribute', i, 'from']),
    ...regionProblems(failover),
  ];
}

/** The same where zones are known to the load balancer. */
export function failoverProblems(setting: Json): Problem[] {
  const { failover, failoverPriority } = asObject(setting);
  const topology = asTexts(failoverPriority).findIndex(label => TOPOLOGY.includes(label));
  const labels: Problem[] = topology < 0 ? [] : [[['failoverPriority', topology], `${failoverPriority[topology]} is looked at in any case: zones and regions may not be there`]];
  return [...labels, ...regionProblems(failover)];
}

function weightProblems(to: Json, path: (string | number)[]): Problem[] {
  const weights = Object.keys(to).map(place => Number(to[place]));
  if (weights.some(Number.isNaN)) return [];
  const wrong = Object.keys(to).find(place => to[place] < 1 || to[place] > WHOLE);
  if (wrong !== undefined) return [[[...path, wrong], `weight ${to[wrong]} is not from 1 to ${WHOLE}`]];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum === WHOLE ? [] : [[path, `the weights are ${sum} together: ${WHOLE} are wanted`]];
}

/** Places such as `region/zone/*` of which one is in another; one with a star may come behind those that it takes the rest of. */
function overlaps(places: readonly string[], pathOf: (index: number) => (string | number)[]): Problem[] {
  return places.flatMap((place, i): Problem[] => {
    if (place.split('/').some(part => part === '') || /\*./.test(place)) return [[pathOf(i), `"${place}" is no locality: region, region/zone or region/zone/subzone is wanted, with a star at its end at most`]];
    const other = places.slice(0, i).find(before => isIn(place, before) || !place.endsWith('*') && isIn(before, place));
    return other === undefined ? [] : [[pathOf(i), `"${place}" and "${other}" overlap`]];
  });
}

function isIn(place: string, whole: string): boolean {
  const stem = whole.replace(/\/?\*$/, '');
  return stem === '' || place === whole || place.startsWith(`${stem}/`);
}

function regionProblems(failover: Json): Problem[] {
  return asList(failover).flatMap((entry, i): Problem[] => {
    const { from, to } = asRecord(entry);
    if (from === to) return [[['failover', i], `from and to are both "${from}": a failover is to another region`]];
    const wrong = ['from', 'to'].find(name => /[/*]/.test(asText(asObject(entry)[name])));
    return wrong === undefined ? [] : [[['failover', i, wrong], `"${asObject(entry)[wrong]}" is no region: it has no zone and no star`]];
  });
}

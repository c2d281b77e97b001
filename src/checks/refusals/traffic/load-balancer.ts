import { doubleNames } from './lists';
import { distributeProblems, failoverProblems } from './localities';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { all, anyDuration, atLeastZero, duration, isGiven, isOpen, oneOf, within } from './values';
import { Json, asList, asTexts } from '../../../model/manifest';

const LARGEST_TABLE = 5000011;
const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

/** What Istio refuses in how requests are kept in a locality. */
export const LOCALITIES: Judges = {
  'localityLbSetting': localityProblems,
  'zoneAwareLbSetting': zoneProblems,
  'localityLbSetting|zoneAwareLbSetting.failover.*': failoverProblems,
};

const BALANCER: Judges = {
  ...LOCALITIES,
  '': all(oneOf('simple', 'consistentHash', 'backendUtilization'), oneOf('localityLbSetting', 'zoneAwareLbSetting')),
  'consistentHash': all(oneOf('httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'), oneOf('ringHash', 'maglev'), ringProblems),
  'consistentHash.minimumRingSize': atLeastZero,
  'consistentHash.ringHash.minimumRingSize': atLeastZero,
  'consistentHash.httpCookie.name': text(name => name === '' ? 'the cookie has no name' : undefined),
  'consistentHash.httpCookie.ttl': anyDuration,
  'consistentHash.httpCookie.attributes': doubleNames('attribute'),
  'consistentHash.httpCookie.attributes.*.name': text(name => name === '' ? 'an attribute of the cookie has no name' : undefined),
  'consistentHash.maglev': tableProblems,
  'zoneAwareLbSetting.minClusterSize': value => typeof value === 'number' && value < 1 ? `minClusterSize ${value} is below 1` : undefined,
  'warmup.duration': duration,
  'warmup.minimumPercent': within(0, 100, 'minimumPercent'),
  'warmup.aggression': value => typeof value === 'number' && value <= 0 ? `aggression ${value} is not above 0` : undefined,
};

/** What Istio refuses in a loadBalancer. */
export function loadBalancerProblems(value: Json): Problem[] {
  return problemsOf(BALANCER, value, []);
}

function ringProblems({ minimumRingSize: size, ringHash, maglev }: Json): Problem[] {
  const isTwice = typeof size === 'number' && size !== 0 && (isGiven(ringHash) || isGiven(maglev));
  return isTwice ? [[['minimumRingSize'], `minimumRingSize and ${isGiven(maglev) ? 'maglev' : 'ringHash'} exclude each other`]] : [];
}

function tableProblems(value: Json): Problem[] {
  const { tableSize: size } = value;
  if (isUnset(size)) return isOpen(value) ? [] : [[[], 'maglev has no tableSize']];
  if (typeof size !== 'number' || size > 0 && size < LARGEST_TABLE && isPrime(size)) return [];
  return [[['tableSize'], `tableSize ${size} is no prime number below ${LARGEST_TABLE}`]];
}

function isPrime(value: number): boolean {
  if (value < 4) return true;
  if (value % 2 === 0) return false;
  for (let factor = 3; factor * factor <= value; factor += 2) if (value % factor === 0) return false;
  return true;
}

function localityProblems({ distribute, failover, failoverPriority }: Json): Problem[] {
  if (asList(distribute).length > 0 && asList(failover).length > 0) return [[['failover'], 'distribute and failover exclude each other']];
  const topology = asList(failover).length > 0 ? asTexts(failoverPriority).findIndex(name => TOPOLOGY.includes(name)) : -1;
  if (topology >= 0) return [[['failoverPriority', topology], `failover and the label ${asTexts(failoverPriority)[topology]} exclude each other`]];
  return distributeProblems(distribute);
}

function zoneProblems({ failoverPriority }: Json): Problem[] {
  return asTexts(failoverPriority).flatMap((name, i): Problem[] => TOPOLOGY.includes(name)
    ? [[['failoverPriority', i], `zoneAwareLbSetting knows regions and zones itself: remove the label ${name}`]] : []);
}

import { connectionPool } from './connection-pool';
import { loadBalancerProblems } from './load-balancer';
import { Judges, Problem, problemsOf } from '../places';
import { atLeastZero, domainOrAddress, duration, anyDuration, isGiven, isOpen, percent, port, word } from './values';
import { Json } from '../../../model/manifest';

const FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const FIELDS_OF_ALL = [...FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];
const METHODS = ['CONNECT', 'POST'];

/** What a policy has, be it for all ports or for one. */
const PART: Judges = {
  'outlierDetection': outlierProblems,
  'outlierDetection.baseEjectionTime|interval': duration,
  'outlierDetection.maxEjectionPercent|minHealthPercent': percent,
  'outlierDetection.consecutive5xxErrors|consecutiveGatewayErrors|consecutiveLocalOriginFailures': atLeastZero,
  'connectionPool': connectionPool,
  'loadBalancer': loadBalancerProblems,
};

const POLICY: Judges = {
  ...PART,
  'portLevelSettings.*': portProblems,
  'portLevelSettings.*.port.number': value => value === 0 ? undefined : port(value),
  'tunnel.protocol': word(METHODS, 'tunnel.protocol'),
  'tunnel.targetHost': domainOrAddress,
  'tunnel.targetPort': port,
  'retryBudget.percent': percent,
  'retryBudget.minRetryConcurrency': atLeastZero,
  'retryBudget.budgetInterval': anyDuration,
};

/** What Istio refuses in a trafficPolicy. */
export function trafficPolicyProblems(policy: Json): Problem[] {
  if (FIELDS_OF_ALL.every(name => isMissing(policy[name])) && !isOpen(policy)) return [[[], 'the trafficPolicy is empty: leave it out']];
  if (isGiven(policy.tunnel) && isGiven(policy.proxyProtocol)) return [[['proxyProtocol'], 'tunnel and proxyProtocol exclude each other']];
  return problemsOf(POLICY, policy, []);
}

function portProblems(policy: Json): Problem[] {
  if (isOpen(policy)) return [];
  const noPort: Problem[] = isGiven(policy.port) ? [] : [[[], 'the policy of a port has no port']];
  if (FIELDS.every(name => !isGiven(policy[name]))) return [...noPort, [[], 'the policy of a port is empty: leave it out']];
  return [...noPort, ...problemsOf(PART, policy, [])];
}

function outlierProblems({ splitExternalLocalOriginErrors: isSplit, consecutiveLocalOriginFailures: failures }: Json): Problem[] {
  const isDead = typeof failures === 'number' && failures > 0 && !isSplit;
  return isDead ? [[['consecutiveLocalOriginFailures'], 'consecutiveLocalOriginFailures without splitExternalLocalOriginErrors: true']] : [];
}

function isMissing(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : !isGiven(value);
}

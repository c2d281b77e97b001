import { SELECTOR, below, filled, namesGiven, notNegative, oneOf, pathName, positive, quantity, share, within, words } from './forms';
import { Json } from '../../../model/manifest';
import { Judges, Problem } from '../places';

export const DISRUPTION_BUDGET: Judges = {
  '': oneOf('minAvailable', 'maxUnavailable'),
  'minAvailable|maxUnavailable': share,
  'unhealthyPodEvictionPolicy': words('IfHealthyBudget', 'AlwaysAllow'),
  ...below('selector', SELECTOR),
};

const TARGET: Judges = {
  '': targetProblems,
  'type': words('Utilization', 'Value', 'AverageValue'),
  'averageUtilization': positive,
  'averageValue|value': quantity,
};
const SOURCES = ['resource', 'pods', 'object', 'external', 'containerResource'];

export const AUTOSCALER: Judges = {
  'minReplicas': notNegative,
  'maxReplicas': positive,
  'scaleTargetRef.kind|name': pathName,
  'metrics.*': oneOf(...SOURCES),
  ...below(`metrics.*.${SOURCES.join('|')}.target`, TARGET),
  ...below('behavior.scaleUp|scaleDown', {
    'stabilizationWindowSeconds': within(0, 3600),
    'selectPolicy': words('Max', 'Min', 'Disabled'),
    'policies': filled,
    'policies.*.type': words('Pods', 'Percent'),
    'policies.*.value': positive,
    'policies.*.periodSeconds': within(1, 1800),
  }),
};

function targetProblems(target: Json): Problem[] {
  const given = namesGiven(target, ['averageUtilization', 'averageValue', 'value']);
  if (given.length === 0) return [[[], 'has no averageUtilization, averageValue or value']];
  return given.includes('averageUtilization') && given.includes('averageValue') ? [[['averageValue'], 'may not stand beside averageUtilization']] : [];
}

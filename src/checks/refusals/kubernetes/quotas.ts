import { amount, quantity, within, words } from './forms';
import { amountOf } from '../../../formats/quantity';
import { Json, asList, asObject, asObjects } from '../../../model/manifest';
import { Judges, Problem } from '../places';

export const RESOURCE_QUOTA: Judges = {
  'hard.*': quantity,
  'scopeSelector.matchExpressions.*': scopeProblems,
  'scopes.*': words('Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'PriorityClass', 'CrossNamespacePodAffinity', 'VolumeAttributesClass'),
  'scopeSelector.matchExpressions.*.operator': words('In', 'NotIn', 'Exists', 'DoesNotExist'),
};

function scopeProblems({ operator, values }: Json): Problem[] {
  return ['In', 'NotIn'].includes(operator) && asList(values).length === 0 ? [[[], `has no values, which operator ${operator} needs`]] : [];
}

export const LIMIT_RANGE: Judges = {
  'limits': typeProblems,
  'limits.*': orderProblems,
  'limits.*.default|defaultRequest|min|max|maxLimitRequestRatio.*': amount,
};

/** Amounts of which each may not be more than the next one. */
const ORDER = ['min', 'defaultRequest', 'default', 'max'];

function orderProblems(limit: Json): Problem[] {
  const names = [...new Set(ORDER.flatMap(field => Object.keys(asObject(limit[field]))))];
  const found = names.flatMap((name): Problem[] => {
    const given = ORDER.filter(field => !Number.isNaN(amountOf(String(asObject(limit[field])[name]))));
    const at = given.findIndex((field, i) => i > 0 && amountOf(String(limit[given[i - 1]][name])) > amountOf(String(limit[field][name])));
    return at < 0 ? [] : [[[given[at], name], `is ${limit[given[at]][name]}, less than ${given[at - 1]} ${limit[given[at - 1]][name]}`]];
  });
  const wrong = limit.type === 'Pod' ? ['default', 'defaultRequest'].find(field => limit[field] !== undefined && limit[field] !== null) : undefined;
  return wrong === undefined ? found : [...found, [[wrong], 'is not taken with type Pod: it is for containers']];
}

function typeProblems(limits: Json): Problem[] {
  const types = asObjects(limits).map(({ type }) => type);
  return types.flatMap((type, i): Problem[] => typeof type === 'string' && types.indexOf(type) < i ? [[[i, 'type'], `is ${type}, as of another entry`]] : []);
}

export const PRIORITY_CLASS: Judges = {
  value: within(-(2 ** 31), 1_000_000_000),
  preemptionPolicy: words('PreemptLowerPriority', 'Never'),
};

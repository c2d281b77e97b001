import { Json, asObject, asObjects, asRecord, asText, asTexts } from '../manifest';

/** Whether a metav1.LabelSelector selects these labels; an absent or empty one selects everything. */
export function selects(selector: Json, labels: Record<string, string>): boolean {
  const { matchLabels, matchExpressions } = asObject(selector);
  return selectsLabels(matchLabels, labels) && asObjects(matchExpressions).every(expression => holds(expression, labels));
}

/** Whether all of these labels are there. */
export function selectsLabels(wanted: Json, labels: Record<string, string>): boolean {
  return Object.entries(asRecord(wanted)).every(([key, value]) => labels[key] === value);
}

/** The labels that whatever is selected has for certain, with their values: `In` with one value is one of them. */
export function wantedLabels(selector: Json): Record<string, string> {
  const { matchLabels, matchExpressions } = asObject(selector);
  const single = asObjects(matchExpressions).filter(({ operator, values }) => operator === 'In' && asTexts(values).length === 1);
  if (single.length === 0) return asRecord(matchLabels);
  return { ...Object.fromEntries(single.map(({ key, values }) => [asText(key), asTexts(values)[0]])), ...asRecord(matchLabels) };
}

function holds(expression: Json, labels: Record<string, string>): boolean {
  const value = labels[asText(expression.key)];
  switch (expression.operator) {
    case 'In': return value !== undefined && asTexts(expression.values).includes(value);
    case 'NotIn': return value === undefined || !asTexts(expression.values).includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}

/** Whether nothing restricts the selector. */
export function isEmptySelector(selector: Json): boolean {
  const { matchLabels, matchExpressions } = asObject(selector);
  return Object.keys(asObject(matchLabels)).length === 0 && asObjects(matchExpressions).length === 0;
}

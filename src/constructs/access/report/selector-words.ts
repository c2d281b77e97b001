/**
 * What a selector of labels says; nothing for one that selects everything.
 */
export function selectorWords({ matchLabels, matchExpressions }: any): string {
  return [
    ...Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(matchExpressions ?? []).map((one: any) => [one.key, one.operator, ...(one.values ?? [])].join(' ')),
  ].join(', ');
}

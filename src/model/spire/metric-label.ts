/** A value as SPIRE writes it into a label of a metric: letters, digits and underscores only. */
export function metricLabel(value: string): string {
  return value.replace(/\W+_?/g, '_');
}

import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsQuantileLe: Rule = {
  id: 'OBS-QUANTILE-LE',
  level: Level.ERROR,
  title: 'a quantile is taken of a histogram without its buckets',
  why: 'histogram_quantile reads the label le: where the aggregation drops it, the result is empty, and no alert fires',
  fix: 'add le to the labels of by (…)',
  source: 'Prometheus: histogram_quantile',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      const [, labels] = QUANTILE.exec(text) ?? [];
      if (labels !== undefined && !/\ble\b/.test(labels) && !labels.includes('$')) report.at(manifest, path, `by (${labels.trim()}) drops the label le`);
    }
  },
};

/** A quantile of an aggregation that names the labels it keeps in front. */
const QUANTILE = /\bhistogram_quantile\s*\(\s*[\d.]+\s*,\s*(?:sum|avg|max|min)\s+by\s*\(([^)]*)\)\s*\([^)]*_bucket\b/;

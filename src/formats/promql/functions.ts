/** What an expression gives. */
export type PromqlType = 'scalar' | 'instant vector' | 'range vector' | 'string';

export interface PromqlFunction {
  readonly takes: readonly PromqlType[];
  /** How many arguments are given at least and at most. */
  readonly least: number;
  readonly most: number;
  readonly gives: PromqlType;
}

// v instant vector, r range vector, s scalar, t text; ? for the last one that may be left out, * for one that may be repeated or left out
const GIVE_VECTORS: Record<string, string> = {
  'v': 'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar '
    + 'ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp start_timestamp',
  'r': 'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time '
    + 'present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_max_over_time ts_of_min_over_time ts_of_last_over_time',
  'v?': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  'vss': 'clamp',
  'vs': 'clamp_max clamp_min',
  'ssv': 'histogram_fraction',
  'sv': 'histogram_quantile',
  'rss': 'double_exponential_smoothing holt_winters',
  'vtttt': 'label_replace',
  'vttt*': 'label_join',
  'rs': 'predict_linear',
  'sr': 'quantile_over_time',
  'vs?': 'round',
  'vt*': 'sort_by_label sort_by_label_desc',
  's': 'vector',
};
const GIVE_SCALARS: Record<string, string> = { '': 'end pi range start step time', 'ss': 'max_of min_of', 'v': 'scalar' };
const TYPES: Record<string, PromqlType> = { v: 'instant vector', r: 'range vector', s: 'scalar', t: 'string' };

const FUNCTIONS = new Map<string, PromqlFunction>();
for (const [table, gives] of [[GIVE_VECTORS, 'instant vector'], [GIVE_SCALARS, 'scalar']] as const) {
  for (const [form, names] of Object.entries(table)) for (const name of names.split(' ')) FUNCTIONS.set(name, functionOf(form, gives));
}

function functionOf(form: string, gives: PromqlType): PromqlFunction {
  const takes = [...form.replace(/[?*]/, '')].map(letter => TYPES[letter]);
  return { takes, least: takes.length - (/[?*]/.test(form) ? 1 : 0), most: form.endsWith('*') ? Infinity : takes.length, gives };
}

/** The functions of PromQL, experimental ones and those of Prometheus 2 among them. */
export const PROMQL_FUNCTIONS: ReadonlyMap<string, PromqlFunction> = FUNCTIONS;

/** The type of the parameter before what is aggregated; undefined where there is none. */
export const AGGREGATIONS: ReadonlyMap<string, PromqlType | undefined> = new Map<string, PromqlType | undefined>([
  ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar'].map(name => [name, undefined] as const),
  ...['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'].map(name => [name, 'scalar'] as const),
  ['count_values', 'string'],
]);

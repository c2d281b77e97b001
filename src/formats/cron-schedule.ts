const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of the week', from: 0, to: 6, words: DAYS },
];

/** What is wrong with a schedule of a CronJob, as the library robfig/cron reads it; undefined where nothing is. */
export function scheduleProblem(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return 'the time zone belongs into the field timeZone';
  if (schedule.startsWith('@every ')) return undefined;
  if (schedule.startsWith('@')) return DESCRIPTORS.includes(schedule) ? undefined : `${DESCRIPTORS.join(', ')} and @every are known`;
  const parts = schedule.split(/\s+/).filter(part => part !== '');
  if (parts.length !== FIELDS.length) return `it has ${parts.length} fields, and 5 are wanted: ${FIELDS.map(({ name }) => name).join(', ')}`;
  return parts.flatMap((part, i) => part.split(',').flatMap(range => rangeProblem(range, FIELDS[i]) ?? []))[0];
}

function rangeProblem(text: string, field: Field): string | undefined {
  const [range, step, ...more] = text.split('/');
  const ends = range.split('-');
  if (more.length > 0 || ends.length > 2 || step !== undefined && !/^0*[1-9]\d*$/.test(step)) return `"${text}" is no ${field.name}`;
  if (['*', '?'].includes(ends[0])) return ends.length === 1 ? undefined : `"${text}" is no ${field.name}`;
  const [first, last = first] = ends.map(end => numberOf(end, field));
  if ([first, last].some(Number.isNaN) || first < field.from || last > field.to) return `"${text}" is no ${field.name}, which is ${field.from} to ${field.to}`;
  return first > last ? `"${text}" ends before it begins` : undefined;
}

function numberOf(text: string, { from, words = [] }: Field): number {
  if (/^\d+$/.test(text)) return Number(text);
  const at = words.indexOf(text.toLowerCase());
  return at < 0 ? NaN : at + from;
}

import { Level } from '../checks/finding';

/** What the command line asks for. */
export interface CheckArguments {
  readonly paths: string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly level: Level;
  readonly only: string[];
  readonly skip: string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** Wrong usage, told to the user. */
export class UsageError extends Error {}

const FORMATS = ['text', 'json', 'sarif'];
const LEVELS: string[] = Object.values(Level);
const OPTIONS = ['format', 'level', 'only', 'skip', 'baseline', 'write-baseline'];

/** Reads the arguments of `check`. */
export function parseCheckArguments(args: readonly string[]): CheckArguments {
  const paths: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[i]);
    if (!match) {
      if (args[i].startsWith('-') && args[i] !== '-') throw new UsageError(`unknown option ${args[i]}`);
      paths.push(args[i]);
      continue;
    }
    const [, name, inline] = match;
    if (!OPTIONS.includes(name)) throw new UsageError(`unknown option --${name}, got one of ${OPTIONS.map(option => `--${option}`).join(', ')}?`);
    const value = inline ?? args[++i];
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    values.set(name, [...values.get(name) ?? [], value]);
  }
  if (paths.length === 0) throw new UsageError('no path is given: name files or folders, or - for the standard input');
  const last = (name: string): string | undefined => values.get(name)?.pop();
  const list = (name: string): string[] => (values.get(name) ?? []).flatMap(value => value.split(',')).map(id => id.trim()).filter(id => id !== '');
  return {
    paths,
    format: choice('format', last('format') ?? 'text', FORMATS) as CheckArguments['format'],
    level: choice('level', last('level') ?? Level.WARNING, LEVELS) as Level,
    only: list('only'),
    skip: list('skip'),
    baseline: last('baseline'),
    writeBaseline: last('write-baseline'),
  };
}

function choice(name: string, value: string, allowed: readonly string[]): string {
  if (!allowed.includes(value)) throw new UsageError(`--${name} ${value} is unknown: use one of ${allowed.join(', ')}`);
  return value;
}

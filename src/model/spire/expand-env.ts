import { UNKNOWN } from './problems';

/** What is known of a container's environment: a value, or that there is one. */
export type Environment = ReadonlyMap<string, string | undefined>;

const NAME = /\$(?:\{([^}]*)\}?|([A-Za-z_0-9]+|[*#$@!?-]))/g;

/**
 * Replaces variables in the whole text as `-expandEnv` does: Go's os.Expand, unset names become nothing.
 *
 * A variable whose value is not known becomes a mark inside quotes and the number 1 outside.
 */
export function expandEnv(text: string, environment: Environment): string {
  let quoted = false;
  let scanned = 0;
  return text.replace(NAME, (whole, braced: string | undefined, bare: string | undefined, at: number) => {
    for (; scanned < at; scanned++) {
      if (text[scanned] === '\\' && quoted) scanned++;
      else if (text[scanned] === '"') quoted = !quoted;
      else if (text[scanned] === '\n') quoted = false;
    }
    scanned = at + whole.length;
    // A digit is a name of its own, what follows it is text.
    const name = braced ?? (/^\d/.test(bare!) ? bare![0] : bare!);
    const rest = braced === undefined ? bare!.slice(name.length) : '';
    if (name === '$') return '$' + rest;
    if (!environment.has(name)) return rest;
    return (environment.get(name) ?? (quoted ? UNKNOWN : '1')) + rest;
  });
}

/** The names of the variables a text uses. */
export function variablesOf(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g)].map(match => match[1] ?? match[2]);
}

/** Whether a name is none that people give to variables: expressions of plugins have a `$` as well. */
export function isOtherText(name: string): boolean {
  return !/[A-Z]/.test(name);
}

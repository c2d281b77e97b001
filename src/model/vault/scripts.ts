import { scriptsOf } from '../kubernetes/containers';
import { Json, Manifest, Path, asList, asObject } from '../manifest';
import { once } from '../once';
import { System } from '../system';
import { Text } from '../text';

/** What a command of a script writes into Vault: `vault write PATH KEY=VALUE…`. */
export interface VaultWrite {
  readonly text: Text;
  /** The line of the text on which the command begins. */
  readonly line: number;
  readonly path: string;
  readonly values: Json;
  /** Whether every value is in the command, and none in a file. */
  readonly isWhole: boolean;
}

const WRITE = /(?:^|[\s;&|(])(?:vault|bao)\s+write\s/g;

/** The commands of all scripts in ConfigMaps and in the arguments of containers. */
export const vaultWrites = once((system: System): VaultWrite[] => textsOf(system).flatMap(writesIn));

function textsOf(system: System): Text[] {
  const found: Text[] = [];
  const add = (value: unknown, manifest: Manifest, path: () => Path): void => {
    if (typeof value === 'string' && / write\s/.test(value)) found.push(new Text(manifest.file, value, manifest, path()));
  };
  for (const map of system.all('ConfigMap')) {
    const data = asObject(map.value.data);
    for (const key of Object.keys(data)) add(data[key], map, () => ['data', key]);
  }
  for (const { workload: { manifest }, container } of scriptsOf(system)) {
    for (const field of ['command', 'args']) asList(container.value[field]).forEach((one, i) => add(one, manifest, () => [...container.path, field, i]));
  }
  return found;
}

function writesIn(text: Text): VaultWrite[] {
  return [...text.text.matchAll(WRITE)].flatMap(match => {
    const start = match.index + match[0].length;
    const { words, rest } = wordsOf(text.text.slice(start));
    const [path, ...given] = words.filter(word => !/^-./.test(word));
    if (path === undefined) return [];
    const values: Json = {};
    for (const word of given) if (word.includes('=')) values[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
    const document = given.includes('-') ? heredoc(rest) : {};
    const isWhole = document !== undefined && given.every(word => word.includes('=') || word === '-');
    const line = text.text.slice(0, start).replace(/\s+$/, '').split('\n').length;
    return [{ text, line, path: path.replace(/^\/|\/$/g, ''), values: { ...document, ...values }, isWhole }];
  });
}

/** The words of a command up to its end, and what follows the command. */
function wordsOf(script: string): { words: string[]; rest: string } {
  const words: string[] = [];
  let rest = script;
  for (;;) {
    rest = rest.replace(/^([ \t]|\\\r?\n)+/, '');
    const word = /^(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|[^\s"'\\;&|()<>])+/.exec(rest)?.[0];
    if (word === undefined) return { words, rest };
    words.push(word.replace(/\\(?:\r?\n|([^]))|"((?:\\[^]|[^"\\])*)"|'([^']*)'/g,
      (_, escaped = '', double?: string, single?: string) => single ?? double?.replace(/\\\r?\n/g, '').replace(/\\(["\\$`])/g, '$1') ?? escaped));
    rest = rest.slice(word.length);
  }
}

/** The JSON document that a command reads from its input; undefined where it is not to be seen. */
function heredoc(rest: string): Json | undefined {
  const [whole, mark] = /^<<-?\s*["']?(\w+)["']?[^\n]*\n/.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const body = rest.slice(whole.length);
  try {
    return asObject(JSON.parse(body.slice(0, new RegExp(`^[ \\t]*${mark}\\s*$`, 'm').exec(body)?.index ?? 0)));
  } catch {
    return undefined;
  }
}

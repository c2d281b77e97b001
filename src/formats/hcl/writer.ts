import { HclBody, HclEntry, HclEnvironmentVariable, HclTemplate, HclValue } from './body';

/**
 * How an HCL file is read.
 */
export interface HclWriterOptions {
  /**
   * Whether the program that reads the file replaces `$NAME` before it parses (-expandEnv).
   */
  readonly expandEnv: boolean;
}

/**
 * Writes native HCL version 1, the dialect of SPIRE's configuration files.
 *
 * Native HCL and not JSON, because SPIRE's parser flattens JSON objects whose members are all objects.
 */
export class HclWriter {
  public constructor(private readonly options: HclWriterOptions = { expandEnv: false }) {}

  /**
   * The text of a file with this inside.
   */
  public write(body: HclBody): string {
    return this.lines(body, '').map((line) => `${line}\n`).join('');
  }

  private lines(body: HclBody, indent: string): string[] {
    return body.entries.flatMap((entry) => this.entry(entry, indent));
  }

  private entry(entry: HclEntry, indent: string): string[] {
    switch (entry.kind) {
      case 'comment':
        return entry.text.split('\n').map((line) => `${indent}# ${this.commentText(line)}`);
      case 'attribute':
        return this.attribute(entry.key, entry.value, indent);
      case 'block':
        return this.block(entry.key, entry.label, entry.body, indent);
    }
  }

  private block(key: string, label: string | undefined, body: HclBody, indent: string): string[] {
    const head = `${indent}${bareKey(key)}${label === undefined ? '' : ` ${this.quoted(label)}`} {`;
    return body.entries.length === 0 ? [`${head}}`] : [head, ...this.lines(body, `${indent}  `), `${indent}}`];
  }

  private attribute(key: string, value: HclValue, indent: string): string[] {
    const [first, ...rest] = this.value(value, indent);
    return [`${indent}${isBare(key) ? key : this.quoted(key)} = ${first}`, ...rest];
  }

  private value(value: HclValue, indent: string): string[] {
    if (Array.isArray(value)) {
      return this.list(value, indent);
    }
    if (typeof value === 'object' && !(value instanceof HclEnvironmentVariable) && !(value instanceof HclTemplate)) {
      const members = Object.entries(value).filter((member): member is [string, HclValue] => member[1] !== undefined);
      return members.length === 0
        ? ['{}']
        : ['{', ...members.flatMap(([key, inner]) => this.attribute(key, inner, `${indent}  `)), `${indent}}`];
    }
    return [this.scalar(value)];
  }

  private list(values: HclValue[], indent: string): string[] {
    if (values.every((value) => typeof value !== 'object' || value instanceof HclEnvironmentVariable)) {
      return [`[${values.map((value) => this.value(value, indent)[0]).join(', ')}]`];
    }
    const inner = `${indent}  `;
    const items = values.flatMap((value) => {
      const lines = this.value(value, inner);
      return [`${inner}${lines[0]}`, ...lines.slice(1)].map((line, index) => (index === lines.length - 1 ? `${line},` : line));
    });
    return ['[', ...items, `${indent}]`];
  }

  private scalar(value: string | number | boolean | HclEnvironmentVariable | HclTemplate): string {
    if (typeof value === 'boolean') {
      return String(value);
    }
    if (typeof value === 'number') {
      return integer(value);
    }
    if (typeof value === 'string') {
      return this.quoted(value);
    }
    const parts = value instanceof HclTemplate ? value.parts : [value];
    return `"${parts.map((part) => (typeof part === 'string' ? this.escaped(part) : this.reference(part))).join('')}"`;
  }

  private reference(variable: HclEnvironmentVariable): string {
    if (!this.options.expandEnv) {
      throw new Error(`environment variable '${variable.name}' is used in a file that is read without -expandEnv: it would stay as text`);
    }
    return `\${${variable.name}}`;
  }

  private quoted(text: string): string {
    return `"${this.escaped(text)}"`;
  }

  private escaped(text: string): string {
    if (this.options.expandEnv) {
      // every $ is doubled, so that os.Expand gives it back; what is left then is parsed as below
      return escapeText(text).replaceAll('$', '$$$$');
    }
    return escapeText(text);
  }

  private commentText(line: string): string {
    return this.options.expandEnv ? line.replaceAll('$', '$$$$') : line;
  }
}

// HCL reads true and false as booleans, also where a name has to be
function isBare(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && key !== 'true' && key !== 'false';
}

function bareKey(key: string): string {
  // SPIRE does not see unknown keys that are quoted, so none is ever quoted here
  if (!isBare(key)) {
    throw new Error(`block '${key}' is no HCL name: use letters, digits, '_' and '-'`);
  }
  return key;
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new Error(`number ${value} is no integer: SPIRE's configuration has no fractions`);
  }
  return String(value);
}

const ESCAPES: { readonly [character: string]: string } = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeText(text: string): string {
  requireCharacters(text);
  requireBalancedInterpolation(text);
  return text.replace(/["\\\u0000-\u001f\u007f]/g, (character) =>
    ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * SPIRE's parser refuses a file with U+E123 anywhere, and a lone half of a surrogate pair has no UTF-8.
 */
function requireCharacters(text: string): void {
  const character = /\ue123|\p{Surrogate}/u.exec(text)?.[0];
  if (character) {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    throw new Error(`text ${JSON.stringify(text)} has the character U+${code}: HCL cannot hold it, change the value or give it by a file`);
  }
}

/**
 * HCL copies `${...}` as it is up to the brace that closes it: a quote, a backslash or a control character inside cannot be written at all.
 */
function requireBalancedInterpolation(text: string): void {
  for (let start = text.indexOf('${'); start >= 0;) {
    let depth = 1;
    let end = start + 2;
    for (; end < text.length && depth > 0; end++) {
      if (/["\\\u0000-\u001f\u007f]/.test(text[end])) {
        throw new Error(`text '${text}' has ${JSON.stringify(text[end])} between '\${' and '}': HCL cannot hold it, change the value or give it by a file`);
      }
      depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
    }
    if (depth > 0) {
      throw new Error(`text '${text}' has '\${' without '}': HCL cannot hold it, change the value or give it by a file`);
    }
    start = text.indexOf('${', end);
  }
}

import { camelCased } from '../../model/envoy-names';

/**
 * A table of messages of protocol buffers, one a line: `name=field:T,field!:T;field:T,field:T`.
 *
 * What stands behind a semicolon is alternatives, of which one may be there, or must be after `;!`. A field with `!` must be there, an
 * alternative with it may not be empty.
 * `s` is text, `y` bytes, `b` true or false, `d` a duration, `D` one above zero, `t` a time, `n` a number, `i` and `I` whole ones of 32 and
 * 64 bits, `u` and `U` such without a sign, `1~65535` behind it what it may be, `(A|B)` one of these words, `@7` the eighth message, `A` any
 * message with its `@type`, `*` anything, `[T]` a list, `<T>` a mapping of free keys;
 * with `w` before it a value may be wrapped, as `{value: 5}`.
 */
export class Messages {
  private readonly lines: readonly string[];
  private readonly numbers = new Map<string, number>();
  private readonly read = new Map<number, Message>();

  constructor(table: string) {
    this.lines = table.trim().split('\n');
    this.lines.forEach((line, i) => this.numbers.set(line.slice(0, line.indexOf('=')), i));
  }

  /** The names of all messages. */
  public get names(): Iterable<string> {
    return this.numbers.keys();
  }

  /** The message of a name; undefined where it is not in the table. */
  public find(name: string): Message | undefined {
    const number = this.numbers.get(name);
    return number === undefined ? undefined : this.at(number);
  }

  /** The message of a number. */
  public at(number: number): Message {
    const known = this.read.get(number) ?? new Message(this.lines[number]);
    this.read.set(number, known);
    return known;
  }
}

/** What a message holds. */
export class Message {
  public readonly name: string;
  public readonly fields: readonly Field[];
  /** The fields that must be there. */
  public readonly required: readonly Field[];
  public readonly alternatives: readonly Alternatives[];
  private readonly byName: ReadonlyMap<string, Field>;

  constructor(line: string) {
    const [name, text] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    this.name = name;
    const [plain, ...choices] = text.split(';');
    this.required = fieldsIn(plain).filter(({ isRequired }) => isRequired);
    this.alternatives = choices.map(choice => ({ fields: fieldsIn(choice.replace(/^!/, '')), isRequired: choice.startsWith('!') }));
    this.fields = [...fieldsIn(plain), ...this.alternatives.flatMap(one => one.fields)];
    this.byName = new Map(this.fields.flatMap(field => [[field.name, field], [field.json, field]]));
  }

  /** The field of a name, in the form of the protocol or of JSON. */
  public field(name: string): Field | undefined {
    return this.byName.get(name);
  }
}

/** Fields of which one may be there. */
export interface Alternatives {
  readonly fields: readonly Field[];
  /** Whether one of them must be there. */
  readonly isRequired: boolean;
}

export interface Field {
  /** `connect_timeout`. */
  readonly name: string;
  /** The name as JSON has it, `connectTimeout`. */
  readonly json: string;
  readonly isRequired: boolean;
  /** Its type in the notation. */
  readonly type: string;
}

function fieldsIn(text: string): Field[] {
  return [...text.matchAll(/(\w+)(!?):([^,]+)/g)].map(([, name, mark, type]) => ({ name, json: camelCased(name), isRequired: mark === '!', type }));
}

import { Field, Message, Messages } from './messages';
import { Fault, isVariable, nameOf, placeOf, shown } from './notation';
import { Dialect, scalarFault } from './scalars';
import { isSlip } from './slip';
import { Json, Path } from '../../model/manifest';

const MESSAGE_URL = /^[^/]+\/(?:.*\/)?[A-Za-z_]\w*(?:\.\w+)+$/;
const FEW = 3;

/** Finds what is wrong in a message that is written as JSON or YAML. A null is taken as absent. */
export class MessageJudge {
  constructor(private readonly messages: Messages, private readonly dialect: Dialect) {}

  /** All faults of a value that should be the message. */
  public faults(message: Message, value: Json, path: Path): Fault[] {
    if (!isObject(value)) return isVariable(value) ? [] : [wrong(path, value, 'a mapping is wanted')];
    const faults = Object.keys(value).flatMap((key): Fault[] => {
      const field = message.field(key);
      if (field) return this.typed(field.type, value[key], [...path, key]);
      return key === '@type' || isVariable(key) ? [] : [this.unknown(message, key, path)];
    });
    const misspelt = new Set(faults.filter(fault => fault.path.length === path.length + 1).map(({ meant }) => meant));
    return [...faults, ...missing(message, value, path, misspelt), ...chosen(message, value, path)];
  }

  private unknown(message: Message, key: string, path: Path): Fault {
    const near = message.fields.find(({ name, json }) => isSlip(key, name) || isSlip(key, json))?.name;
    const meant = near ?? this.holder(message, key);
    const hint = meant === undefined ? '' : near !== undefined ? `: ${near} is near` : `: it belongs into ${meant}`;
    return { path: [...path, key], kind: 'unknown field', message: `there is no field ${key} in ${placeOf(path) || 'the configuration'}, which is of type ${shortName(message)}${hint}`, meant };
  }

  /** The field whose message has a field of this name. */
  private holder(message: Message, key: string): string | undefined {
    return message.fields.find(({ type }) => type.startsWith('@') && this.messages.at(Number(type.slice(1))).field(key))?.name;
  }

  private typed(type: string, value: Json, path: Path): Fault[] {
    if (value === null || value === undefined || type === '*' || isVariable(value)) return [];
    if (type.startsWith('[')) return listed(value, path).flatMap(([item, place]) => this.typed(type.slice(1, -1), item, place));
    if (type.startsWith('<')) {
      if (!isObject(value)) return [wrong(path, value, 'a mapping is wanted')];
      return Object.keys(value).flatMap(key => this.typed(type.slice(1, -1), value[key], [...path, key]));
    }
    if (type === 'A') return this.any(value, path);
    if (type.startsWith('@')) return this.faults(this.messages.at(Number(type.slice(1))), value, path);
    const fault = scalarFault(type, value, this.dialect);
    return fault === undefined ? [] : [wrong(path, value, fault, type.startsWith('(') && typeof value === 'string' ? 'wrong word' : 'wrong value')];
  }

  /** A message that says by its `@type` what it is. */
  private any(value: Json, path: Path): Fault[] {
    if (!isObject(value)) return [wrong(path, value, 'a mapping with @type is wanted')];
    const type = value['@type'];
    if (type === undefined) return Object.keys(value).length === 0 && !this.dialect.isGo ? [] : [{ path, kind: 'wrong value', message: `${placeOf(path)} has no @type` }];
    if (isVariable(type)) return [];
    const at = [...path, '@type'];
    if (typeof type !== 'string' || !MESSAGE_URL.test(type)) return [wrong(at, type, 'type.googleapis.com/ and the name of a message is wanted')];
    const name = type.replace(/^.*\//, '');
    const message = this.messages.find(name);
    if (message) return this.faults(message, value, path);
    const near = name.startsWith('envoy.') && [...this.messages.names].find(known => versionOf(name) === versionOf(known) && isAlike(name.toLowerCase(), known.toLowerCase()) && isSlip(name, known));
    return near ? [wrong(at, type, `there is no such message, ${near} is near`, 'wrong word')] : [];
  }
}

/** The version of a message, `v3`: one of another version is no slip. */
function versionOf(name: string): string | undefined {
  return /\.(v\d\w*)\./.exec(name)?.[1];
}

/** Whether long names differ in one place only, which is found faster than how many letters they differ in. */
function isAlike(name: string, known: string): boolean {
  let [begin, end] = [0, 0];
  while (begin < known.length && name[begin] === known[begin]) begin++;
  while (end < known.length - begin && name[name.length - 1 - end] === known[known.length - 1 - end]) end++;
  return known.length - begin - end <= FEW;
}

/** Lists in lists are one list, and what is no list is one of one element. */
function listed(value: Json, path: Path): [Json, Path][] {
  return Array.isArray(value) ? value.flatMap((item, i) => listed(item, [...path, i])) : [[value, path]];
}

/** What must be there and is not, but for what is there with a slip in its name. */
function missing(message: Message, value: Json, path: Path, misspelt: ReadonlySet<string | undefined>): Fault[] {
  return message.required.filter(field => isEmpty(field, value) && !misspelt.has(field.name)).map(({ name }) => lacking(message, path, `has no ${name}, which`, 'must have'));
}

/** What is wrong with the choice among alternatives. */
function chosen(message: Message, value: Json, path: Path): Fault[] {
  return message.alternatives.flatMap(({ fields, isRequired }): Fault[] => {
    const given = fields.filter(field => written(value, field) !== undefined && written(value, field) !== null);
    const names = (list: readonly Field[], by: string): string => list.map(({ name }) => name).join(by);
    if (given.length > 1) return [{ path: [...path, given[1].name], kind: 'wrong value', message: `${names(given, ' and ')} in ${placeOf(path)} exclude each other` }];
    if (given.length === 0 && isRequired) return [lacking(message, path, `has none of ${names(fields, ', ')}, of which`, 'must have one')];
    return given.filter(field => field.isRequired && isEmpty(field, value)).map(field => wrong([...path, field.name], written(value, field), 'it may not be empty'));
  });
}

function lacking(message: Message, path: Path, what: string, must: string): Fault {
  return { path, kind: 'missing field', message: `${placeOf(path) || 'the configuration'} ${what} type ${shortName(message)} ${must}` };
}

function written(value: Json, { name, json }: Field): Json {
  return value[name] ?? value[json];
}

function isEmpty(field: Field, holder: Json): boolean {
  const value = written(holder, field);
  return value === undefined || value === null || (field.type.startsWith('[') ? Array.isArray(value) && value.length === 0 : value === '');
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shortName({ name }: Message): string {
  return name.replace(/^.*\.v\d\w*\./, '');
}

function wrong(path: Path, value: Json, wanted: string, kind: Fault['kind'] = 'wrong value'): Fault {
  return { path, kind, message: `${nameOf(path)} is ${shown(value)}: ${wanted}` };
}

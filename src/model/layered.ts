import { Json, Manifest, Path, asObject, asText } from './manifest';

/** One value that is set beside others: by a dotted name, as `--set` takes it. */
export interface SetValue {
  readonly name: string;
  readonly value: string;
  /** Whether it stays a text, whatever it looks like. */
  readonly isText: boolean;
  /** Where the object that holds it has it. */
  readonly place: Path;
}

interface Layer extends SetValue {
  readonly path: Path;
}

/** Helm values with others set over them, such as the parameters of an Application. */
export class Layered extends Manifest {
  private readonly layers: readonly Layer[];

  /**
   * @param outer the object that sets them
   * @param place where it has them
   * @param base the values below; none where only single values are set
   */
  constructor(public readonly outer: Manifest, public readonly place: Path, private readonly base: Manifest | undefined, set: readonly SetValue[]) {
    const layers = set.map(one => ({ ...one, path: pathOf(one.name) })).filter(({ path }) => path.length > 0);
    const over = (value: Json, { path, value: text, isText }: Layer): Json => put(value, path, isText ? text : typed(text));
    super(outer.file, outer, layers.reduce(over, base?.value ?? {}));
    this.layers = layers;
  }

  public get repeated(): Manifest['repeated'] {
    return this.base?.repeated ?? [];
  }

  public fileOfLine(path: Path): string {
    const layer = this.layerOf(path);
    return layer ? this.outer.fileOfLine(layer.place) : this.base ? this.base.fileOfLine(path) : this.outer.fileOfLine(this.place);
  }

  public lineOf(path: Path): number {
    const layer = this.layerOf(path);
    return layer ? this.outer.lineOf(layer.place) : this.base ? this.base.lineOf(path) : this.outer.lineOf(this.place);
  }

  public lineOfText(path: Path): number {
    return this.lineOf(path);
  }

  /** What sets a value, or most of one that the values below do not have. */
  private layerOf(path: Path): Layer | undefined {
    const isBelow = (outer: Path, inner: Path): boolean => outer.every((step, i) => String(inner[i]) === String(step));
    const over = this.layers.filter(layer => isBelow(layer.path, path)).pop();
    if (over) return over;
    const isInBase = path.reduce((value: Json, step) => value?.[step], this.base?.value) !== undefined;
    return isInBase ? undefined : this.layers.find(layer => isBelow(path, layer.path));
  }
}

/** `a.b\.c[0].d` as steps. */
function pathOf(name: string): Path {
  const steps: (string | number)[] = [];
  for (const [, key, index] of name.matchAll(/((?:\\.|[^.[\]\\])+)|\[(\d+)\]/g)) steps.push(key === undefined ? Number(index) : key.replace(/\\(.)/g, '$1'));
  return steps.includes('__proto__') ? [] : steps;
}

function put(value: Json, [step, ...rest]: Path, inner: Json): Json {
  if (step === undefined) return inner;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    // a place far behind the end would be a list of nothing
    if (step <= list.length) list[step] = put(list[step], rest, inner);
    return list;
  }
  const object = asObject(value);
  return { ...object, [step]: put(Object.hasOwn(object, step) ? object[step] : undefined, rest, inner) };
}

function typed(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return undefined;
  return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}

/** The single values that an object sets. */
export function setValues(list: Json, place: Path): SetValue[] {
  return (Array.isArray(list) ? list : []).map(asObject).flatMap((one, i): SetValue[] => (
    typeof one.name === 'string' && one.value !== undefined ? [{ name: one.name, value: asText(one.value), isText: one.forceString === true, place: [...place, i, 'value'] }] : []));
}

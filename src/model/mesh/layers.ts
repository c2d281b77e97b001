import { Mesh, meshOfValues } from './mesh';
import { holderOf } from '../held-chart';
import { laidOver } from '../laid-over';
import { Json, Manifest, Path, asObject, isObject } from '../manifest';

/**
 * Meshes with the files of values that Helm lays over each other taken as one.
 *
 * They are such layers where none says what another one says: files that do may be for different clusters.
 *
 * @param parts files of values that are no mesh alone
 */
export function withLayers(meshes: readonly Mesh[], parts: readonly Manifest[]): readonly Mesh[] {
  const files = meshes.filter(({ form, manifest }) => form === 'values' && holderOf(manifest) === undefined);
  const layers = [...files.map(({ manifest }) => manifest), ...parts];
  if (files.length === 0 || layers.length < 2) return meshes;
  let whole: Json = {};
  for (const { value } of layers) {
    if (disagree(whole, value)) return meshes;
    whole = laidOver(whole, value);
  }
  const mesh = meshOfValues(new Layers(layers, whole));
  return meshes.flatMap(one => (one === files[0] ? [mesh] : files.includes(one) ? [] : [one]));
}

/** Values of several files. */
class Layers extends Manifest {
  constructor(private readonly layers: readonly Manifest[], whole: Json) {
    super(layers[0].file, layers[0], whole);
  }

  public get repeated(): Manifest['repeated'] {
    return [];
  }

  public fileAt(path: Path): string {
    return this.layerOf(path).fileAt(path);
  }

  public fileOfLine(path: Path): string {
    return this.layerOf(path).fileOfLine(path);
  }

  public lineOf(path: Path): number {
    return this.layerOf(path).lineOf(path);
  }

  public lineOfText(path: Path, offset = 0): number {
    return this.layerOf(path).lineOfText(path, offset);
  }

  public comments(): string[] {
    return this.layers.flatMap(layer => layer.comments());
  }

  /** The file that has a value, or what is nearest to it. */
  private layerOf(path: Path): Manifest {
    const depths = this.layers.map(({ value }) => depthOf(value, path));
    return this.layers[depths.indexOf(Math.max(...depths))];
  }
}

/** How many steps of a path a value has. */
function depthOf(value: Json, path: Path): number {
  const [step, ...rest] = path;
  return step === undefined || value?.[step] === undefined ? 0 : 1 + depthOf(value[step], rest);
}

/** Whether two files say the same thing, or different things of what several charts are told. */
function disagree(below: Json, top: Json): boolean {
  const { global: one, ...ours } = asObject(below);
  const { global: other, ...theirs } = asObject(top);
  return meet(ours, theirs, () => true) || meet(one, other, (a, b) => JSON.stringify(a) !== JSON.stringify(b));
}

/** Whether a value that is in both fails a test. */
function meet(one: Json, other: Json, fails: (one: Json, other: Json) => boolean): boolean {
  if (one === undefined || other === undefined) return false;
  if (!isObject(one) || !isObject(other)) return fails(one, other);
  return Object.keys(other).some(key => meet(one[key], other[key], fails));
}

import { NESTED_PARTS, Part, partOf } from '../chart-parts';
import { HeldChart, heldChart, holderOf, placeOf } from '../held-chart';
import { argoSources } from '../helm';
import { Json, Manifest, Path, asList, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** What is known of values is of chart spire 0.30; charts before this minor version had others. */
const OLDEST_KNOWN = 24;

/** Values of SPIRE's charts, and what is known of the values that Helm lays under or over them. */
export class ChartValues {
  /** The chart, as far as an object says it. */
  public readonly chart: string | undefined;
  public readonly isNested: boolean;
  /** Whether they are for a chart older than the one whose values are known. */
  public readonly isOld: boolean;

  /** @param beside other values of the same release; undefined where some are not to be seen */
  constructor(system: System, public readonly manifest: Manifest, private readonly beside: readonly Json[] | undefined) {
    const keys = Object.keys(asObject(manifest.value));
    const { name, version } = holderOf(manifest) ? heldChart(manifest) ?? NO_CHART : chartBeside(system, manifest);
    this.chart = name || undefined;
    const minor = /^[v=^~]?0\.(\d+)/.exec(version)?.[1];
    this.isOld = minor !== undefined && Number(minor) < OLDEST_KNOWN;
    this.isNested = this.chart === 'spire-nested' || (this.chart !== 'spire' && keys.some(key => NESTED_PARTS.includes(key)));
  }

  /** The keys at the root that have values of a chart. */
  public parts(chart: Part): string[] {
    return Object.keys(asObject(this.manifest.value)).filter(key => partOf(key) === chart);
  }

  public get(path: Path): Json {
    return valueAt(this.manifest.value, path);
  }

  /** Whether what these values leave out stays as the chart has it. */
  public isLeftOut(paths: readonly Path[]): boolean {
    if (paths.length === 0) return true;
    return this.beside !== undefined && !paths.some(path => this.beside!.some(other => valueAt(other, path) !== undefined));
  }
}

/** Where values may have what a chart calls by a path: once for each part that is this chart. */
export function placesOf(values: ChartValues, path: string): string[][] {
  const [first, ...rest] = path.split('.');
  return first === 'global' ? [[first, ...rest]] : values.parts(first as Part).map(part => [part, ...rest]);
}

/** The values of SPIRE's charts in a system. */
export const chartValues = once((system: System): ChartValues[] => {
  const files = system.spireValues.filter(values => holderOf(values) === undefined);
  const holders = system.spireValues.filter(values => holderOf(values) !== undefined);
  return system.spireValues.map(values => {
    const holder = holderOf(values);
    const named = holder && filesOf(holder, values);
    if (holder && named === undefined) return new ChartValues(system, values, undefined);
    if (named) {
      const found = named.map(name => system.spireValues.find(other => other !== values && isNamed(other, name)));
      return new ChartValues(system, values, found.every(other => other !== undefined) ? found.map(other => other!.value) : undefined);
    }
    const over = holders.filter(other => (filesOf(holderOf(other)!, other) ?? []).some(name => isNamed(values, name)));
    return new ChartValues(system, values, [...files.filter(other => other !== values), ...over].map(({ value }) => value));
  });
});

function valueAt(value: Json, path: Path): Json {
  return path.reduce((inner: Json, step) => inner?.[step], value) ?? undefined;
}

/** What holds other values of the same release: files, and ConfigMaps; undefined where they are not told. */
function filesOf(holder: Manifest, values: Manifest): string[] | undefined {
  const { kind, spec, value } = holder;
  if (kind === 'ConfigMap' || kind === 'Secret') return [];
  if (kind === 'HelmRelease') return asList(spec.valuesFrom).some(from => asText(asObject(from).targetPath) !== '') ? undefined : asObjects(spec.valuesFrom).map(from => `configmap:${asText(from.name)}`);
  if (spec.templatePatch !== undefined) return undefined;
  const place = placeOf(values);
  const source = argoSources(holder).find(path => path.every((step, i) => place[i] === step));
  const chart = source ? asObject(valueAt(value, [...source, 'helm'])) : asObject(valueAt(value, place.slice(0, 2)));
  const names = [...asTexts(chart.valueFiles), ...asTexts(chart.additionalValuesFiles), asText(chart.valuesFile)].filter(name => name !== '');
  return asList(chart.fileParameters).length > 0 || names.some(name => /\{\{/.test(name)) ? undefined : names;
}

/** Whether values are those of a file or ConfigMap that another object names. */
function isNamed(values: Manifest, name: string): boolean {
  const holder = holderOf(values);
  if (name.startsWith('configmap:')) return holder !== undefined && /^(ConfigMap|Secret)$/.test(holder.kind) && holder.name === name.slice('configmap:'.length);
  return holder === undefined && `/${values.file}`.endsWith(`/${name.replace(/^\$[^/]+\//, '').replace(/^(\.{1,2}\/)+/, '')}`);
}

const NO_CHART = { name: '', version: '' };

/** The chart whose file of values it is, or the one that this chart depends on, by the Chart.yaml in the same folder. */
function chartBeside(system: System, values: Manifest): Pick<HeldChart, 'name' | 'version'> {
  const file = values.file.replace(/[^/]*$/, 'Chart.yaml');
  const chart = asObject(system.all('').find(one => one.file === file)?.value);
  const [key] = placeOf(values);
  const found = key === undefined ? chart : asObjects(chart.dependencies).find(({ name, alias }) => (alias ?? name) === key);
  return { name: asText(asObject(found).name), version: asText(asObject(found).version) };
}

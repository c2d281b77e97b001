import { ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';
import { Manifest, ManifestFile } from './manifest-file';

/**
 * How the manifests of a chart are made.
 */
export interface ChartManifests {
  /**
   * Those that the chart renders, in its own way if it has one.
   */
  readonly ofChart: (chart: Chart) => Iterable<Manifest>;

  /**
   * Those of its objects.
   */
  readonly ofObjects: (chart: Chart) => Iterable<Manifest>;
}

/**
 * The files of charts that are in no platform, named as cdk8s names them.
 *
 * @param app says how output is divided into files
 * @param charts the charts, in order
 * @param indexed whether the order has to show in the names
 * @param manifests makes them
 */
export function* chartFiles(app: App, charts: Chart[], indexed: boolean, manifests: ChartManifests): Generator<ManifestFile> {
  const extension = app.outputFileExtension;
  const names = charts.map((chart, index) => `${indexed ? `${String(index).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (charts.length > 0) {
        yield { path: `app${extension}`, manifests: all(charts, manifests.ofChart) };
      }
      break;
    case YamlOutputType.FILE_PER_CHART:
      for (const [index, chart] of charts.entries()) {
        yield { path: `${names[index]}${extension}`, manifests: manifests.ofChart(chart) };
      }
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      for (const chart of charts) {
        for (const manifest of manifests.ofChart(chart)) {
          if (manifest.json !== undefined) {
            yield { path: `${resourceName(manifest.json)}${extension}`, manifests: [manifest] };
          }
        }
      }
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      for (const [index, chart] of charts.entries()) {
        // named by what was defined, not by what patches make of it
        for (const manifest of manifests.ofObjects(chart)) {
          yield { path: `${names[index]}/${resourceName(manifest.source as ApiObject)}${extension}`, manifests: [manifest] };
        }
      }
      break;
  }
}

function* all(charts: Chart[], manifestsOf: (chart: Chart) => Iterable<Manifest>): Generator<Manifest> {
  for (const chart of charts) {
    yield* manifestsOf(chart);
  }
}

function resourceName({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name?: string } }): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

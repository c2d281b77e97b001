import { App, Chart, Names, YamlOutputType } from 'cdk8s';
import { Manifest, ManifestFile } from './manifest-file';

/**
 * The files of charts that are in no platform, named as cdk8s names them.
 *
 * @param app says how output is divided into files
 * @param charts the charts, in order
 * @param indexed whether the order has to show in the names
 * @param manifestsOf the manifests of one chart
 */
export function* chartFiles(app: App, charts: Chart[], indexed: boolean, manifestsOf: (chart: Chart) => Iterable<Manifest>): Generator<ManifestFile> {
  const extension = app.outputFileExtension;
  const names = charts.map((chart, index) => `${indexed ? `${String(index).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (charts.length > 0) {
        yield { path: `app${extension}`, manifests: all(charts, manifestsOf) };
      }
      break;
    case YamlOutputType.FILE_PER_CHART:
      for (const [index, chart] of charts.entries()) {
        yield { path: `${names[index]}${extension}`, manifests: manifestsOf(chart) };
      }
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      for (const chart of charts) {
        for (const manifest of manifestsOf(chart)) {
          yield { path: `${resource(manifest)}${extension}`, manifests: [manifest] };
        }
      }
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      for (const [index, chart] of charts.entries()) {
        for (const manifest of manifestsOf(chart)) {
          yield { path: `${names[index]}/${resource(manifest)}${extension}`, manifests: [manifest] };
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

function resource({ json }: Manifest): string {
  return `${json.kind}.${json.metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

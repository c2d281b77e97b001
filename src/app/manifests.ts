import { ApiObject, App, Chart } from 'cdk8s';
import { StageChart } from '../delivery';
import { Manifest } from './manifest-file';
import { hasBuiltInResolversOnly, copiedJson } from './object-json';
import { platformOf, stageOf } from './stage-layout';
import { addSyncWave } from '../delivery/stage-chart';
import { stringifyTree, stringifyYaml } from '../formats/yaml';

/**
 * The manifests of a chart.
 *
 * A chart that renders itself in its own way is left to do so.
 *
 * @param chart the chart
 * @param objects its objects, in order
 */
export function* manifestsOf(chart: Chart, objects: ApiObject[]): Generator<Manifest> {
  if (chart.toJson !== Chart.prototype.toJson && chart.toJson !== StageChart.prototype.toJson) {
    yield* Object.values(chart.toJson()).map((json) => ({ source: chart, json, isTree: false }));
  } else {
    yield* objectManifests(chart, objects);
  }
}

/**
 * The manifests of the objects of a chart.
 *
 * @param chart the chart
 * @param objects its objects, in order
 */
export function* objectManifests(chart: Chart, objects: ApiObject[]): Generator<Manifest> {
  const stage = platformOf(chart) && stageOf(chart);
  const isBuiltIn = hasBuiltInResolversOnly(App.of(chart));
  for (const object of objects) {
    if (stage) {
      addSyncWave(object, stage);
    }
    const copy = isBuiltIn ? copiedJson(object) : undefined;
    yield { source: object, json: copy ?? object.toJson(), isTree: copy !== undefined };
  }
}

/**
 * The text of one manifest.
 *
 * Throws when it holds what YAML cannot, with the path of its construct.
 */
export function manifestText({ source, json, isTree }: Manifest): string {
  try {
    return isTree ? stringifyTree(json) : stringifyYaml([json]);
  } catch (error) {
    throw new Error(`Failed serializing construct at path '${source.node.path}' with name '${json?.metadata?.name}': ${error}`);
  }
}

import { Chart } from 'cdk8s';
import { Platform, Stage, StageChart } from '../delivery';

/**
 * The platform that a chart is defined in, if any.
 */
export function platformOf(chart: Chart): Platform | undefined {
  return chart.node.scopes.reverse().find(Platform.isPlatform);
}

/**
 * The stage of a chart in a platform: its own, or that of the chart around it, or the one of workloads.
 */
export function stageOf(chart: Chart): Stage {
  return chart.node.scopes.reverse().find(StageChart.isStageChart)?.stage ?? Stage.APPS;
}

/**
 * The file of a chart in a platform: `<cluster>/<NN-stage>/<component>` and the extension.
 */
export function stageFile(chart: Chart, platform: Platform, extension: string): string {
  return `${platform.cluster.name}/${stageOf(chart).folder}/${componentOf(chart)}${extension}`;
}

function componentOf(chart: Chart): string {
  const scopes = chart.node.scopes.reverse();
  const stageChart = scopes.findIndex(StageChart.isStageChart);
  const end = stageChart >= 0 ? stageChart + 1 : scopes.findIndex(Platform.isPlatform);
  return scopes.slice(0, end).map((scope) => scope.node.id).reverse().join('-').replace(/[^0-9a-zA-Z-_.]/g, '');
}

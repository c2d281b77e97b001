import { Mesh } from './mesh';
import { heldChart } from '../held-chart';

/** Whether values in an object of Argo CD or Flux are all that the chart of istiod is given. */
export function isWhole({ manifest }: Mesh): boolean {
  const chart = heldChart(manifest);
  return chart?.name === 'istiod' && !/"(valueFiles|valuesFrom|fileParameters|parameters|set|postRenderers)":/.test(JSON.stringify(chart.manifest.spec));
}

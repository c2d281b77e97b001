import { Embedded } from '../embedded';
import { chartAt, heldChart } from '../held-chart';
import { heldValues } from '../helm';
import { Manifest } from '../manifest';
import { once } from '../once';
import { readManifests } from '../reader';
import { System } from '../system';

/** The values of the chart gateway of Istio in objects of Flux, Argo CD, k3s and kustomize. */
export const gatewayCharts = once((system: System): Manifest[] => ['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet', 'Kustomization'].flatMap(kind => system.all(kind)).flatMap(holder => {
  const { values, texts } = heldValues(holder);
  const written = texts.filter(({ path }) => chartAt(holder, path)?.name === 'gateway').flatMap(text => readManifests(text.file, text.text).manifests.map(inner => new Embedded(text, inner)));
  return [...values.filter(one => heldChart(one)?.name === 'gateway'), ...written];
}));

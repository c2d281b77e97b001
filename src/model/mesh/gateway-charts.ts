import { heldChart } from '../held-chart';
import { heldDocuments } from '../helm';
import { Manifest } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The values of the chart gateway of Istio in objects of Flux, Argo CD, k3s and kustomize. */
export const gatewayCharts = once((system: System): Manifest[] => ['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet', 'Kustomization']
  .flatMap(kind => system.all(kind)).flatMap(heldDocuments).filter(values => heldChart(values)?.name === 'gateway'));

import { NETWORK_LABEL, passThroughs } from './east-west';
import { Mesh } from './mesh';
import { Manifest, Path, asObject, asObjects, asText } from '../manifest';
import { System } from '../system';

/** The variable that keeps a gateway to the endpoints of some networks. */
export const NETWORK_VIEW = 'ISTIO_META_REQUESTED_NETWORK_VIEW';

/** A place beside the mesh that names the network of the cluster. */
export interface NamedNetwork {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly what: string;
  /** Empty where the place has to name one, and does not. */
  readonly network: string;
}

/** The names of the clusters that the inputs of the mesh are for. */
export function clusterNames(system: System): Set<string> {
  return new Set(system.meshes.map(clusterOf).filter(name => name !== ''));
}

/** The name of the cluster that an input of the mesh is for; empty where it does not say. */
export function clusterOf({ values }: Mesh): string {
  return asText(asObject(asObject(values.value.global).multiCluster).clusterName);
}

/** The places beside the mesh that name its network: a gateway for other clusters without the label is not found. */
export function namedNetworks(system: System): NamedNetwork[] {
  const label = ['metadata', 'labels', NETWORK_LABEL];
  const namespaces = system.all('Namespace').filter(one => one.name === 'istio-system').map(manifest => ({ manifest, path: label, what: 'its namespace', network: manifest.labels[NETWORK_LABEL] ?? '' }));
  const gateways = passThroughs(system).flatMap(({ services, workloads }) => [
    ...services.map(({ service }) => ({ manifest: service, path: label, what: 'the Service of the gateway', network: service.labels[NETWORK_LABEL] ?? '' })),
    ...workloads.flatMap(workload => workload.containers.flatMap(container => asObjects(container.value.env)
      .filter(env => env.name === NETWORK_VIEW && env.valueFrom === undefined)
      .map(env => ({ manifest: workload.manifest, path: [...container.path, 'env'], what: 'the view of the gateway', network: asText(env.value) })))),
    ...workloads.filter(workload => workload.labels[NETWORK_LABEL] !== undefined)
      .map(workload => ({ manifest: workload.manifest, path: workload.at('metadata', 'labels', NETWORK_LABEL), what: 'the gateway', network: workload.labels[NETWORK_LABEL] })),
  ]);
  const installed = system.all('IstioOperator').flatMap(manifest => ['ingressGateways', 'egressGateways'].flatMap(kind => asObjects(asObject(manifest.spec.components)[kind]).flatMap(({ label: labels }, i) => {
    const network = asText(asObject(labels)[NETWORK_LABEL]);
    return network === '' ? [] : [{ manifest, path: ['spec', 'components', kind, i, 'label', NETWORK_LABEL], what: 'the gateway', network }];
  })));
  return [...namespaces, ...gateways, ...installed];
}

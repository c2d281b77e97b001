import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { NETWORK_LABEL, passThroughs } from '../../../model/mesh/east-west';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedNetwork: Rule = {
  id: 'FED-NETWORK',
  level: Level.ERROR,
  title: 'a network has another name in one place than in others',
  why: 'istiod takes pods of the own network for those of another one, or finds no gateway for it: calls go round, or nowhere',
  fix: 'write the network of the mesh (values.global.network) into the labels topology.istio.io/network of Istio\'s namespace and of the gateway, and into ISTIO_META_REQUESTED_NETWORK_VIEW',
  source: 'istio pilot/pkg/serviceregistry/kube/controller/network.go',
  check: (system, report) => {
    const networks = [...new Set(system.meshes.map(mesh => asText(asObject(mesh.values.value.global).network)).filter(name => name !== ''))];
    if (networks.length === 0) return;
    for (const { manifest, path, what, network } of networksOf(system)) {
      if (!networks.includes(network)) report.at(manifest, path, `${what} has network "${network}", the mesh "${networks[0]}"`);
    }
    if (networks.length > 1) report.at(system.meshes[0].manifest, [...system.meshes[0].values.path, 'global', 'network'], `the mesh has networks ${networks.join(' and ')}`);
  },
};

interface Network {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly what: string;
  readonly network: string;
}

/** The places beside the mesh that name its network: a gateway for other clusters without the label is not found. */
function networksOf(system: System): Network[] {
  const label = ['metadata', 'labels', NETWORK_LABEL];
  const namespaces = system.all('Namespace').filter(one => one.name === 'istio-system').map(manifest => ({ manifest, path: label, what: 'its namespace', network: manifest.labels[NETWORK_LABEL] ?? '' }));
  const gateways = passThroughs(system).flatMap(({ services, workloads }) => [
    ...services.map(({ service }) => ({ manifest: service, path: label, what: 'the Service of the gateway', network: service.labels[NETWORK_LABEL] ?? '' })),
    ...workloads.flatMap(workload => workload.containers.flatMap(container => asObjects(container.value.env)
      .filter(env => env.name === 'ISTIO_META_REQUESTED_NETWORK_VIEW')
      .map(env => ({ manifest: workload.manifest, path: [...container.path, 'env'], what: 'the view of the gateway', network: asText(env.value) })))),
    ...workloads.filter(workload => workload.labels[NETWORK_LABEL] !== undefined)
      .map(workload => ({ manifest: workload.manifest, path: workload.at('metadata', 'labels', NETWORK_LABEL), what: 'the gateway', network: workload.labels[NETWORK_LABEL] })),
  ]);
  return [...namespaces, ...gateways];
}

import { asObject, asText } from '../../../model/manifest';
import { clusterNames, namedNetworks } from '../../../model/mesh/networks';
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
    for (const { manifest, path, what, network } of namedNetworks(system)) {
      if (!networks.includes(network)) report.at(manifest, path, `${what} has network "${network}", the mesh "${networks[0]}"`);
    }
    // files beside each other may be for several clusters
    if (networks.length > 1 && clusterNames(system).size < 2) report.at(system.meshes[0].manifest, [...system.meshes[0].values.path, 'global', 'network'], `the mesh has networks ${networks.join(' and ')}`);
  },
};

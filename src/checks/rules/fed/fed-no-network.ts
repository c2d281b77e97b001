import { meshIdOf, networkOf } from '../../../model/clusters';
import { namedNetworks } from '../../../model/mesh/networks';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedNoNetwork: Rule = {
  id: 'FED-NO-NETWORK',
  level: Level.WARNING,
  title: 'the mesh of a cluster has no network, and gateways or other clusters have one',
  why: 'its proxies do not say in which network they are: istiod before 1.30 sends them to pods of other networks by their own addresses, later ones to all pods by way of gateways',
  fix: 'set values.global.network to the network of the cluster',
  source: 'istio pilot/pkg/xds/endpoints/ep_filters.go, EndpointsByNetworkFilter; files/injection-template.yaml, ISTIO_META_NETWORK',
  check: (system, report) => {
    const reason = system.meshes.length > 0 && networkOf(system) === '' ? namedElsewhere(system) : undefined;
    if (reason !== undefined) report.at(system.meshes[0].manifest, [...system.meshes[0].values.path, 'global'], `the mesh has no network, ${reason}`);
  },
};

function namedElsewhere(system: System): string | undefined {
  const named = namedNetworks(system).find(({ network }) => network !== '');
  if (named) return `${named.what} has "${named.network}"`;
  const other = networksOfMeshes(system.clusters).get(meshIdOf(system));
  return other && `another cluster of mesh "${meshIdOf(system)}" has "${other}"`;
}

/** A network of each mesh that has a name, where one of its clusters has one. */
const networksOfMeshes = once((clusters: readonly System[]) =>
  new Map(clusters.filter(one => meshIdOf(one) !== '' && networkOf(one) !== '').map(one => [meshIdOf(one), networkOf(one)])));

import { clustersOf, rootOf, sdsClusters, typed } from '../../../model/envoy';
import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUndefinedCluster: Rule = {
  id: 'ENVOY-UNDEFINED-CLUSTER',
  level: Level.ERROR,
  title: 'secrets, keys, decisions or requests go to a cluster that is not defined',
  why: 'Envoy refuses an unknown cluster of a route; with secrets and authorization it starts: secrets never come, every authorization is an error, and every token is refused',
  fix: 'define the cluster',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const known = new Set(clustersOf(envoy).map(({ value }) => asText(value.name)));
      if (known.size === 0) continue;
      const tell = (name: string, path: readonly (string | number)[]): void => {
        if (name !== '' && !known.has(name)) report.at(envoy, path, `cluster "${name}" is not defined`);
      };
      sdsClusters(envoy).forEach(({ name, path }) => tell(name, path));
      for (const { path, value } of typed(rootOf(envoy), 'http_connection_manager.v3.HttpConnectionManager')) {
        for (const [route, name] of routesOf(value)) tell(name, [...path, ...route]);
      }
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        tell(asText(asObject(asObject(value.grpc_service).envoy_grpc).cluster_name), [...path, 'grpc_service']);
        tell(asText(asObject(asObject(value.http_service).server_uri).cluster), [...path, 'http_service']);
      }
      // keys are asked for later than the clusters that come by xDS
      for (const { path, value } of comesByXds(envoy.value) ? [] : typed(rootOf(envoy), 'jwt_authn.v3.JwtAuthentication')) {
        for (const [name, provider] of Object.entries<Json>(asObject(value.providers))) {
          tell(asText(asObject(asObject(asObject(provider).remote_jwks).http_uri).cluster), [...path, 'providers', name, 'remote_jwks', 'http_uri', 'cluster']);
        }
      }
    }
  },
};

function comesByXds(envoy: Json): boolean {
  return asObject(asObject(envoy).dynamic_resources).cds_config !== undefined;
}

/** The clusters that the routes written in a connection manager name. */
function routesOf(manager: Json): [Path, string][] {
  const config = asObject(manager.route_config);
  // clusters may come later where they are not asked for at start
  if (config.validate_clusters === false) return [];
  return asObjects(config.virtual_hosts).flatMap((host, i) => asObjects(host.routes).map((route, j): [Path, string] =>
    [['route_config', 'virtual_hosts', i, 'routes', j, 'route', 'cluster'], asText(asObject(route.route).cluster)]));
}

import { clustersOf, rootOf, sdsClusters, typed } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUndefinedCluster: Rule = {
  id: 'ENVOY-UNDEFINED-CLUSTER',
  level: Level.ERROR,
  title: 'secrets or decisions come from a cluster that is not defined',
  why: 'Envoy validates and starts; secrets never come, and every authorization is an error',
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
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        tell(asText(asObject(asObject(value.grpc_service).envoy_grpc).cluster_name), [...path, 'grpc_service']);
        tell(asText(asObject(asObject(value.http_service).server_uri).cluster), [...path, 'http_service']);
      }
    }
  },
};

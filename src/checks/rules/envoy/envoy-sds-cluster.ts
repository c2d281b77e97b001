import { clustersOf, pipeOf, under } from '../../../model/envoy';
import { addressesOf } from '../../../model/envoy-ports';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySdsCluster: Rule = {
  id: 'ENVOY-SDS-CLUSTER',
  level: Level.ERROR,
  title: 'a secret of SPIRE is asked for where SPIRE is not',
  why: 'the agent of SPIRE serves secrets at its Unix socket only: what is behind another cluster knows no such secret, and no certificate comes',
  fix: 'name the cluster whose endpoint is the socket of the agent',
  source: 'SPIRE: SDS of the Workload API socket',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const clusters = new Map(clustersOf(envoy).map(({ value }) => [asText(value.name), value]));
      const socket = [...clusters.values()].find(cluster => pipeOf(cluster) !== undefined);
      if (!socket) continue;
      for (const field of ['tls_certificate_sds_secret_configs', 'validation_context_sds_secret_config']) {
        for (const { path, value } of under(envoy, field).filter(one => asText(asObject(one.value).name).startsWith('spiffe://'))) {
          for (const { envoy_grpc: service } of asObjects(asObject(asObject(value.sds_config).api_config_source).grpc_services)) {
            const name = asText(asObject(service).cluster_name);
            if (addressesOf(clusters.get(name) ?? {}).length > 0) report.at(envoy, [...path, 'sds_config'], `"${asText(value.name)}" is asked for at cluster ${name}, the socket is that of cluster ${asText(socket.name)}`);
          }
        }
      }
    }
  },
};

import { isIP } from 'node:net';
import { clustersOf, pipeOf } from '../../../model/envoy';
import { addressesOf } from '../../../model/envoy-ports';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyClusterType: Rule = {
  id: 'ENVOY-CLUSTER-TYPE',
  level: Level.ERROR,
  title: 'a cluster finds its endpoints in a way that does not fit how they are written',
  why: 'Envoy does not start, or finds no endpoint: STATIC, the default, takes addresses only, STRICT_DNS names, and EDS has to be told where endpoints come from',
  fix: 'write type: STRICT_DNS for names, STATIC for addresses and sockets, and eds_cluster_config for EDS',
  source: 'observed: Envoy 1.40; envoy config.cluster.v3.Cluster.DiscoveryType; source/extensions/clusters/static and eds',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy).filter(one => one.value.cluster_type === undefined)) {
        const reason = problemOf(value);
        if (reason) report.at(envoy, [...path, 'type'], `cluster ${asText(value.name)} ${reason}`);
      }
    }
  },
};

function problemOf(cluster: Json): string | undefined {
  const type = asText(cluster.type).toUpperCase();
  if (type === 'STRICT_DNS' && pipeOf(cluster) !== undefined) return 'is of type STRICT_DNS, and its endpoint is a socket: Envoy looks for a name, and never calls it';
  if (type === 'EDS' && !cluster.eds_cluster_config) return 'is of type EDS without eds_cluster_config';
  const name = ['', 'STATIC', '0'].includes(type) ? addressesOf(cluster).find(({ address }) => isIP(address) === 0 && address !== '' && !isFilledIn(address)) : undefined;
  return name && `is of type STATIC, and ${name.address} is no address`;
}

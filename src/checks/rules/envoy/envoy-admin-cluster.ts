import { clustersOf, rootOf, typed } from '../../../model/envoy';
import { addressesOf, adminPort, isLoopback, portsOf } from '../../../model/envoy-ports';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyAdminCluster: Rule = {
  id: 'ENVOY-ADMIN-CLUSTER',
  level: Level.ERROR,
  title: 'metrics or readiness of Envoy are asked for where its administration does not listen',
  why: 'the route ends in 503: nothing is scraped, and a pod whose probe comes this way is never ready',
  fix: 'give admin.address and the endpoint of the cluster the same port of 127.0.0.1',
  source: 'envoy administration interface: /stats/prometheus, /ready',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const clusters = new Map(clustersOf(envoy).map(part => [asText(part.value.name), part]));
      const names = typed(rootOf(envoy), 'HttpConnectionManager').flatMap(({ value }) => asObjects(asObject(value.route_config).virtual_hosts))
        .flatMap(({ routes }) => asObjects(routes)).filter(({ match }) => asObject(match).path === '/stats/prometheus')
        .map(({ route }) => asText(asObject(route).cluster));
      for (const name of new Set(names)) {
        const [cluster, own] = [clusters.get(name), adminPort(envoy)];
        const [address] = addressesOf(cluster?.value ?? {});
        const isServed = !address || address.port === own || Number.isNaN(own) || portsOf(envoy)?.some(({ port }) => port === address.port);
        const isElsewhere = isServed || !isLoopback(address.address);
        if (cluster && !isElsewhere) report.at(envoy, [...cluster.path, 'load_assignment'], `cluster ${name} leads to port ${address.port}, ${own === undefined ? 'and there is no admin' : `the administration listens on ${own}`}`);
      }
    }
  },
};

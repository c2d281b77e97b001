import { index } from '../../../model/clusters';
import { clustersOf } from '../../../model/envoy';
import { addressesOf } from '../../../model/envoy-ports';
import { dnsNamesOf } from '../../../model/kubernetes/service';
import { asObjects } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEnvoyAddress: Rule = {
  id: 'FED-ENVOY-ADDRESS',
  level: Level.ERROR,
  title: 'an Envoy calls a load balancer at a port that its Service does not have',
  why: 'no connection comes about',
  fix: 'call the port of the Service, or give the Service the port that is called',
  source: 'Kubernetes Service; external-dns annotation hostname',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        for (const { address, port } of addressesOf(value)) {
          const ports = portsOf(system, address);
          if (ports.length > 0 && !ports.includes(port)) report.at(envoy, [...path, 'load_assignment'], `${address} is called at port ${port}, its Service has ${ports.join(', ')}`);
        }
      }
    }
  },
};

const byName = index(system => system.all('Service').flatMap(dnsNamesOf));

/** The ports of the Services that have a DNS name, in all clusters. */
function portsOf(system: System, name: string): number[] {
  const services = (byName(system.clusters).get(name) ?? []).flatMap(one => one.all('Service')).filter(service => dnsNamesOf(service).includes(name));
  return [...new Set(services.flatMap(({ spec }) => asObjects(spec.ports)).map(({ port }) => Number(port)))];
}

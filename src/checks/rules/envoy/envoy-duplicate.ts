import { clustersOf, listenersOf, under } from '../../../model/envoy';
import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyDuplicate: Rule = {
  id: 'ENVOY-DUPLICATE',
  level: Level.ERROR,
  title: 'two clusters, listeners or virtual hosts of an Envoy have one name, or two listeners one address',
  why: 'Envoy does not start with two clusters or virtual hosts of one name or two listeners at one address, and drops the second listener of a name',
  fix: 'give each a name of its own',
  source: 'observed: Envoy 1.40; envoy source/common/upstream/cluster_manager_impl.cc; source/common/listener_manager/listener_manager_impl.cc',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const [kind, parts] of [['cluster', clustersOf(envoy)], ['listener', listenersOf(envoy)]] as const) {
        const names = new Set<string>();
        for (const { path, value } of parts) {
          const name = asText(value.name);
          if (name !== '' && names.has(name)) report.at(envoy, [...path, 'name'], `there is another ${kind} "${name}"`);
          names.add(name);
        }
      }
      for (const { path, value } of under(envoy, 'route_config')) {
        const domains = new Set<string>();
        asObjects(asObject(value).virtual_hosts).forEach((host, i) => asTexts(host.domains).forEach((domain, j) => {
          if (domains.has(domain)) report.at(envoy, [...path, 'virtual_hosts', i, 'domains', j], `there is another virtual host for "${domain}"`, 'put its routes into the other virtual host');
          domains.add(domain);
        }));
      }
      const places = new Set<string>();
      for (const { path, value } of listenersOf(envoy)) {
        const { address, port_value: port, protocol = 'TCP' } = asObject(asObject(value.address).socket_address);
        const place = `${asText(address)}:${asText(port)}`;
        if (typeof port !== 'number' || port === 0 || protocol !== 'TCP' || value.bind_to_port === false) continue;
        if (places.has(place)) report.at(envoy, [...path, 'address'], `there is another listener at ${place}`, 'give it another port, or put its filter chains into the other listener');
        places.add(place);
      }
    }
  },
};

import { clustersTrusting, clustersWith, meshIdOf } from '../../../model/clusters';
import { pluginsOf, psatClusters } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedOneDomain: Rule = {
  id: 'FED-ONE-DOMAIN',
  level: Level.ERROR,
  title: 'two clusters have one trust domain and roots of their own',
  why: 'each takes the certificates of the other for forged: no call between them, and no federation, can work',
  fix: 'give each a trust domain of its own, or let one server be upstream authority of the other',
  source: 'doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const name = server.config?.server.text('trust_domain');
      const twin = name ? clustersWith(system, name).find(other => other !== system && isRoot(other)) : undefined;
      if (twin && isRoot(system) && (meshIdOf(system) !== '' && meshIdOf(system) === meshIdOf(twin) || clustersTrusting(system, name!).some(other => other !== system) || attests(twin, system))) report.in(server.text, server.config!.server.at('trust_domain').line, `another cluster has trust_domain "${name}" as well, and neither server has an upstream authority`);
    }
  },
};

/** Whether a cluster makes a root certificate by itself. */
function isRoot(system: System): boolean {
  return system.servers.some(server => server.config && pluginsOf(server, 'UpstreamAuthority').length === 0);
}

/** Whether the server of a cluster takes agents of another one, as that above a nested server does. */
function attests(root: System, system: System): boolean {
  const near = system.servers.flatMap(server => [...psatClusters(server)]).filter(([, config]) => !config.has('kube_config_file')).map(([name]) => name);
  return root.servers.some(server => [...psatClusters(server)].some(([name, config]) => config.has('kube_config_file') && near.includes(name)));
}

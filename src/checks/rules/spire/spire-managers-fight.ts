import { Embedded } from '../../../model/embedded';
import { Manifest, asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { areTogether, isStatic, managersOf, reconciles } from '../../../model/spire/managers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagersFight: Rule = {
  id: 'SPIRE-MANAGERS-FIGHT',
  level: Level.ERROR,
  title: 'two controller managers share a server without prefixes of their own',
  why: 'each deletes the entries of the other, again and again',
  fix: 'give each its own entryIDPrefix',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const bare = system.managers.filter(manager => asText(manager.value.entryIDPrefix) === '');
    for (const manager of bare) {
      const same = (field: string) => system.managers.filter(other => asText(other.value[field]) === asText(manager.value[field]));
      const others = same('spireServerSocketPath').filter(other => other !== manager && same('trustDomain').includes(other) && !haveServersEach(system, manager, other));
      if (others.length > 0 && system.servers.length < system.managers.length) report.at(manager, [], 'there are several controller managers and this one has no entryIDPrefix');
    }
    if (system.servers.length >= system.managers.length) return;
    const federating = federatedTrustDomains(system).length > 0 ? system.managers.filter(one => !isStatic(one) && reconciles(one, 'ClusterFederatedTrustDomain')) : [];
    for (const manager of federating) {
      const other = federating.slice(0, federating.indexOf(manager)).find(one => ['spireServerSocketPath', 'trustDomain'].every(field => asText(one.value[field]) === asText(manager.value[field]))
        && namespaceOf(one) === namespaceOf(manager) && areTogether(one, manager) && !haveServersEach(system, one, manager));
      if (other && namespaceOf(manager) !== '') report.at(manager, ['reconcile'], 'two controller managers reconcile ClusterFederatedTrustDomains: each deletes the relations of the other', 'set reconcile.clusterFederatedTrustDomains: false in one of them');
    }
    const seen = new Map<string, Manifest>();
    for (const manager of system.managers.filter(one => !isStatic(one))) {
      const [prefix, socket, trustDomain] = ['entryIDPrefix', 'spireServerSocketPath', 'trustDomain'].map(field => asText(manager.value[field]));
      const key = `${namespaceOf(manager)} ${trustDomain} ${socket} ${prefix}`;
      if (prefix === '' || trustDomain === '' || namespaceOf(manager) === '' || key.includes('$')) continue;
      const first = seen.get(key);
      if (first && areTogether(first, manager) && !haveServersEach(system, first, manager)) {
        report.at(manager, ['entryIDPrefix'], `entryIDPrefix "${prefix}" is that of another controller manager at ${socket || 'the socket'} too`);
      }
      if (!first) seen.set(key, manager);
    }
  },
};

/** The namespace of the ConfigMap that holds a configuration; none where it is a file of its own. */
function namespaceOf(manager: Manifest): string {
  return manager instanceof Embedded ? manager.outer.manifest?.namespace ?? '' : '';
}

/** Whether two managers stand beside servers of their own, whose sockets have one path in different pods. */
function haveServersEach(system: System, one: Manifest, other: Manifest): boolean {
  const [first, second] = [one, other].map(manager =>
    system.servers.find(({ workload }) => workload && managersOf(system, workload).includes(manager))?.workload);
  return first !== undefined && second !== undefined && first !== second;
}

import { egressPolicies, hasOtherPolicies, leadsOutside } from '../../../model/kubernetes/network-policy';
import { Manifest, asObjects, asText, asTexts } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshEntryClosed: Rule = {
  id: 'MESH-ENTRY-CLOSED',
  level: Level.WARNING,
  title: 'a ServiceEntry lets a namespace call a host, and NetworkPolicies let none of its pods out to the port',
  why: 'calls wait until they give up, and the mesh shows them as upstream failures',
  fix: 'add the port to the egress of the NetworkPolicy of the pods that call',
  source: 'Kubernetes NetworkPolicy; istio networking/v1/service_entry.proto',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const entry of system.all('ServiceEntry').filter(({ spec, namespace }) => isForOwn(spec.exportTo, namespace) && isOutside(spec))) {
      // a route may lead through a gateway
      if (asTexts(entry.spec.hosts).some(host => routed(system).has(host))) continue;
      asObjects(entry.spec.ports).forEach((port, i) => {
        const target = Number(port.targetPort ?? port.number);
        if (target > 0 && isClosed(system, `${entry.namespace}:${target}`)) report.at(entry, ['spec', 'ports', i], `no NetworkPolicy lets a pod of namespace ${entry.namespace} reach port ${target} outside`);
      });
    }
  },
};

function isForOwn(exportTo: unknown, namespace: string): boolean {
  const namespaces = asTexts(exportTo);
  return namespaces.length > 0 && namespaces.every(one => one === '.' || one === namespace);
}

function isOutside({ resolution, endpoints, workloadSelector }: Manifest['spec']): boolean {
  return /^DNS/.test(asText(resolution)) && asObjects(endpoints).length === 0 && workloadSelector === undefined;
}

const routed = once((system: System): ReadonlySet<string> => new Set(system.all('VirtualService').flatMap(({ spec }) => asTexts(spec.hosts))));

/** Whether all proxies of a namespace are kept from a port of hosts outside. */
const isClosed = onceIn((system: System, place: string): boolean => {
  const [namespace, port] = place.split(':');
  const callers = system.workloadsIn(namespace).filter(workload => isInjected(system, workload));
  const isOpen = (policies: readonly Manifest[]): boolean => policies.length === 0 || policies.some(policy => leadsOutside(policy, Number(port)));
  return callers.length > 0 && !callers.some(workload => isOpen(egressPolicies(system, workload)));
});

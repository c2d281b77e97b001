import { clustersOf } from '../../../model/envoy';
import { addressesOf } from '../../../model/envoy-ports';
import { serviceNames } from '../../../model/kubernetes/service-names';
import { asObjects } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUpstream: Rule = {
  id: 'ENVOY-UPSTREAM',
  level: Level.WARNING,
  title: 'an Envoy calls a Service that is not there, or a port that it does not have',
  why: 'the name is unknown to DNS, or nobody answers at the port: every request ends in 503',
  fix: 'correct the name, or write the port of the Service',
  source: 'Kubernetes: Services; envoy cluster type STRICT_DNS',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        for (const { address, port } of addressesOf(value)) {
          const reason = problemOf(system, address, port);
          if (reason) report.at(envoy, [...path, 'load_assignment'], reason);
        }
      }
    }
  },
};

function problemOf(system: System, address: string, port: number): string | undefined {
  const [, name, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?\.?$/.exec(address) ?? [];
  if (name === undefined) return undefined;
  const service = system.find('Service', namespace, name);
  if (!service) {
    const near = system.workloadsIn(namespace).length === 0 ? [] : serviceNames(system).get(namespace) ?? [];
    return near.length > 0 ? `there is no Service ${name} in namespace ${namespace}; there is ${near.slice(0, 5).join(', ')}` : undefined;
  }
  const ports = asObjects(service.spec.ports).map(one => Number(one.port));
  // a Service without an address leads to the ports of the pods themselves
  const isKnown = service.spec.clusterIP === 'None' || ports.length === 0 || ports.some(Number.isNaN) || ports.includes(port);
  return isKnown ? undefined : `${address} is called at port ${port}, its Service has ${ports.join(', ')}`;
}

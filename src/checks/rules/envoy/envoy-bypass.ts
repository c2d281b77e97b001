import { clustersOf, usersOf } from '../../../model/envoy';
import { EnvoyPort, addressesOf, isLoopback, portsOf } from '../../../model/envoy-ports';
import { servicePorts } from '../../../model/kubernetes/service';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyBypass: Rule = {
  id: 'ENVOY-BYPASS',
  level: Level.WARNING,
  title: 'a Service leads to the program behind Envoy',
  why: 'callers reach the program without TLS and without a policy; where it listens on localhost, they reach nothing',
  fix: 'let targetPort be the port of Envoy\'s listener',
  source: 'Kubernetes Service, targetPort; envoy config.cluster.v3.Cluster.load_assignment',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const listeners = portsOf(envoy)?.filter(({ isLocal }) => !isLocal) ?? [];
      const guarded = listeners.filter(isGuarded);
      if (guarded.length === 0) continue;
      const called = clustersOf(envoy).flatMap(({ value }) => addressesOf(value)).filter(({ address }) => isLoopback(address));
      const behind = new Set(called.map(({ port }) => port));
      for (const { workload } of usersOf(system, envoy)) {
        for (const { service, port, target } of servicePorts(system, workload)) {
          if (target === undefined || !behind.has(target) || listeners.some(one => one.port === target)) continue;
          const i = asObjects(service.spec.ports).findIndex(one => asText(one.port) === String(port));
          report.at(service, ['spec', 'ports', i], `port ${port} leads to ${target}, behind Envoy, which listens on ${guarded.map(one => one.port).join(', ')}`);
        }
      }
    }
  },
};

/** Whether callers need a certificate of their own, or see one of Envoy. */
function isGuarded({ listener }: EnvoyPort): boolean {
  return asObjects(listener?.value.filter_chains).some(chain => chain.transport_socket !== undefined);
}

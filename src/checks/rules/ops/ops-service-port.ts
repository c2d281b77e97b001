import { selectedPods } from '../../../model/kubernetes/selected-pods';
import { containerPort } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsServicePort: Rule = {
  id: 'OPS-SERVICE-PORT',
  level: Level.WARNING,
  title: 'a Service leads to a port that its pods do not name',
  why: 'a named targetPort is looked up in the ports of the containers: without it the Service has no endpoints on that port',
  fix: 'give the port of the container that name, or write its number',
  source: 'Kubernetes Service',
  check: (system, report) => {
    for (const service of system.all('Service').filter(({ group, spec }) => group === '' && Object.keys(asObject(spec.selector)).length > 0)) {
      asObjects(service.spec.ports).forEach((entry, i) => {
        const { targetPort } = entry;
        // nearly all ports are of TCP, and need no look at the pods
        const isPlain = (entry.protocol ?? 'TCP') === 'TCP' && !otherwise(system).has(service.namespace);
        const other = isPlain ? undefined
          : otherProtocol(system, service.namespace, selectedPods(system, service.namespace, { matchLabels: service.spec.selector }), entry);
        if (other) report.at(service, ['spec', 'ports', i], other, 'give the port of the Service and that of the container one protocol');
        if (typeof targetPort !== 'string' || /^\d+$/.test(targetPort)) return;
        const workloads = selectedPods(system, service.namespace, { matchLabels: service.spec.selector });
        // SPIRE's charts leave the Service of a webhook that is switched off
        if (workloads.some(({ containers }) => containers.some(({ value }) => asObjects(value.env).some(isSwitchedOff)))) return;
        if (workloads.length === 0 || workloads.some(workload => containerPort(workload, targetPort) !== undefined)) return;
        report.at(service, ['spec', 'ports', i, 'targetPort'], `no container of ${workloads[0].name} has a port "${asText(targetPort)}"`);
      });
    }
  },
};

function isSwitchedOff({ name, value }: Json): boolean {
  return name === 'ENABLE_WEBHOOKS' && asText(value) === 'false';
}

/** The namespaces that have a port of another protocol than TCP. */
const otherwise = once((system: System): Set<string> => new Set(system.workloads.filter(({ containers }) =>
  containers.some(({ value }) => asObjects(value.ports).some(({ protocol = 'TCP' }) => protocol !== 'TCP'))).map(({ namespace }) => namespace)));

/** The ports that Services lead to, with namespace and protocol. */
const targets = once((system: System): Set<string> => new Set(system.all('Service').flatMap(({ namespace, spec }) =>
  asObjects(spec.ports).map(({ port, targetPort = port, protocol = 'TCP' }) => `${namespace}/${asText(targetPort)}/${asText(protocol)}`))));

/**
 * Where a port of a Service leads to one that containers have for another protocol only.
 *
 * A name is looked up with its protocol. A number is not, and a program may take both where another entry has the other protocol.
 */
function otherProtocol(system: System, namespace: string, workloads: readonly Workload[], { port, targetPort = port, protocol = 'TCP' }: Json): string | undefined {
  const found = workloads.flatMap(({ containers }) => containers).flatMap(({ value }) => asObjects(value.ports))
    .filter(one => (typeof targetPort === 'number' ? one.containerPort === targetPort : one.name === targetPort));
  if (found.length === 0 || found.some(one => (one.protocol ?? 'TCP') === protocol)) return undefined;
  if (typeof targetPort === 'number' && found.some(one => targets(system).has(`${namespace}/${targetPort}/${asText(one.protocol ?? 'TCP')}`))) return undefined;
  return `port ${asText(port)} is of protocol ${asText(protocol)}, and port ${asText(targetPort)} of the pods is of ${asText(found[0].protocol ?? 'TCP')}`;
}

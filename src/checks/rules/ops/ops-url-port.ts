import { collect } from '../../../model/collect';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { serviceNames } from '../../../model/kubernetes/service-names';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Manifest, Path, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsUrlPort: Rule = {
  id: 'OPS-URL-PORT',
  level: Level.WARNING,
  title: 'a program is told a Service that is not there, or a port that it does not have',
  why: 'nobody answers at the address of a Service but on its ports: calls end in refusals or wait until they give up',
  fix: 'write a port of the Service, or add it there',
  source: 'Kubernetes: Services without a port for the traffic',
  check: (system, report) => {
    if (system.all('Service').length === 0) return;
    for (const workload of system.workloads) {
      for (const [path, text] of workload.containers.flatMap(textsOf)) {
        for (const { 1: host, 2: port } of text.matchAll(URL_OF_SERVICE)) {
          const found = servicesOf(system, workload, host);
          const missing = found.length === 0 ? missingService(system, host) : undefined;
          if (missing) report.at(workload.manifest, path, missing, 'write the name of the Service');
          if (found.length === 0 || found.some(service => mayAnswer(service, Number(port)))) continue;
          report.at(workload.manifest, path, `${host}:${port}: Service ${found[0].name} has ${asObjects(found[0].spec.ports).map(one => asText(one.port)).join(', ')}`);
        }
      }
    }
  },
};

const URL_OF_SERVICE = /\b(?:https?|grpcs?|tcp|rediss?|amqps?|nats|postgres(?:ql)?|mongodb):\/\/(?:[^@/\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+(?:\.svc(?:\.cluster\.local)?)?)?):(\d+)/g;

function textsOf(container: Container): [Path, string][] {
  const env = asObjects(container.value.env).map((one, i): [Path, string] => [[...container.path, 'env', i, 'value'], asText(one.value)]);
  const args = container.args.map((text): [Path, string] => [[...container.path, 'args'], text]);
  return [...env, ...args].filter(([, text]) => text.includes('://'));
}

/** The Services that a host means, which several files may define as variants. */
function servicesOf(system: System, workload: Workload, host: string): readonly Manifest[] {
  const [name, namespace = workload.namespace] = host.split('.');
  return byName(system).get(`${namespace}/${name}`) ?? [];
}

/** What is wrong with the full name of a Service that is misspelt; others of the namespace may be in another folder. */
function missingService(system: System, host: string): string | undefined {
  const [name, namespace, kind] = host.split('.');
  const meant = kind === 'svc' ? (serviceNames(system).get(namespace) ?? []).find(one => isSlip(name, one)) : undefined;
  return meant && !mayHaveOtherPods(system, namespace) ? `there is no Service ${name} in namespace ${namespace}; there is ${meant}` : undefined;
}

const byName = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const service of system.all('Service')) collect(found, `${service.namespace}/${service.name}`, service);
  return found;
});

/** Whether something answers on a port: the pods themselves, what is in another cluster, or a Service with the port. */
function mayAnswer({ group, spec }: Manifest, port: number): boolean {
  const ports = asObjects(spec.ports);
  return group !== '' || spec.clusterIP === 'None' || spec.type === 'ExternalName' || ports.length === 0 || ports.some(one => Number(one.port) === port);
}

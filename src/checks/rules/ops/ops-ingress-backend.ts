import { isFilledIn } from '../../../model/filled-in';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { serviceNames } from '../../../model/kubernetes/service-names';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsIngressBackend: Rule = {
  id: 'OPS-INGRESS-BACKEND',
  level: Level.WARNING,
  title: 'an Ingress leads to a Service that is not there, or to a port that it does not have',
  why: 'callers get 503 or 404 from the controller, and nothing says why but its log',
  fix: 'write name and port as the Service has them',
  source: 'Kubernetes: Ingress, backend',
  check: (system, report) => {
    for (const ingress of system.all('Ingress').filter(({ group }) => group === 'networking.k8s.io')) {
      for (const [path, service] of backendsOf(ingress)) {
        const problem = problemOf(system, ingress.namespace, asText(service.name), asObject(service.port));
        if (problem) report.at(ingress, path, problem);
      }
    }
  },
};

function backendsOf({ spec }: Manifest): [Path, Json][] {
  const rules = asObjects(spec.rules).flatMap((rule, i) => asObjects(asObject(rule.http).paths)
    .map(({ backend }, j): [Path, Json] => [['spec', 'rules', i, 'http', 'paths', j, 'backend', 'service'], asObject(asObject(backend).service)]));
  return [[['spec', 'defaultBackend', 'service'], asObject(asObject(spec.defaultBackend).service)] as [Path, Json], ...rules].filter(([, { name }]) => name !== undefined);
}

function problemOf(system: System, namespace: string, name: string, { number, name: port }: Json): string | undefined {
  if ([name, asText(number), asText(port)].some(isFilledIn)) return undefined;
  const service = system.find('Service', namespace, name);
  const there = serviceNames(system).get(namespace) ?? [];
  // others may be in another folder: only a slip of the pen is told
  const meant = service || mayHaveOtherPods(system, namespace) ? undefined : there.find(one => isSlip(name, one));
  if (!service) return meant && `there is no Service ${name} in namespace "${namespace}"; there is ${meant}`;
  const ports = asObjects(service.spec.ports);
  const isThere = ports.length === 0 || ports.some(one => (port === undefined ? Number(one.port) === Number(number) : one.name === port));
  return isThere || there.filter(one => one === name).length > 1 ? undefined
    : `Service ${name} has no port ${asText(port ?? number)}; it has ${ports.map(one => [one.name, one.port].map(asText).filter(text => text !== '').join(' ')).join(', ')}`;
}

import { Workload } from '../../../model/kubernetes/workload';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { HTTP_FIELDS, authorizationPolicies } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { ServiceProtocol, servicesOfPort } from '../../service-protocols';

export const meshAuthzTcp: Rule = {
  id: 'MESH-AUTHZ-TCP',
  level: Level.WARNING,
  title: 'a rule about HTTP is for a port that is no HTTP',
  why: 'istiod drops an ALLOW rule with a method, path or host on a TCP port, so nobody gets in; a DENY rule closes the port for everybody',
  fix: 'name the port of the Service http (or set appProtocol), or leave method, path and host out',
  source: 'istio pilot/pkg/security/authz/model; observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const labels = asObject(policy.spec.selector).matchLabels;
      if (Object.keys(asObject(labels)).length === 0) continue;
      const selected = selectedBeside(system, policy);
      asObjects(policy.spec.rules).forEach((rule, i) => asObjects(rule.to).forEach((to, j) => {
        const operation = asObject(to.operation);
        // one HTTP field anywhere takes a whole rule out of ALLOW
        const field = httpField(operation) ?? ((policy.spec.action ?? 'ALLOW') === 'ALLOW' && isAboutHttp(rule) ? 'ports' : undefined);
        if (!field) return;
        for (const port of asTexts(operation.ports)) {
          const tcp = tcpServiceOf(system, selected, Number(port));
          if (tcp) report.at(policy, ['spec', 'rules', i, 'to', j, 'operation', field], `Service ${tcp.service.name} says that port ${port} is ${tcp.protocol}`);
        }
      }));
    }
  },
};

/** The first Service that says a port of pods is no HTTP; many policies select the same pods. */
function tcpServiceOf(system: System, selected: readonly Workload[], port: number): ServiceProtocol | undefined {
  const known = tcpServices(selected);
  if (!known.has(port)) known.set(port, selected.flatMap(workload => servicesOfPort(system, workload, port)).find(({ isTcp }) => isTcp));
  return known.get(port);
}

const tcpServices = once((_: readonly Workload[]) => new Map<number, ServiceProtocol | undefined>());

function httpField(operation: Json): string | undefined {
  return HTTP_FIELDS.find(name => asList(operation[name]).length > 0);
}

function isAboutHttp(rule: Json): boolean {
  return asObjects(rule.to).some(to => httpField(asObject(to.operation)) !== undefined)
    || asObjects(rule.from).some(from => asList(asObject(from.source).requestPrincipals).length > 0)
    || asObjects(rule.when).some(({ key }) => /^request\./.test(asText(key)));
}

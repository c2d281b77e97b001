import { collect } from '../../../model/collect';
import { servicePorts } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { serversOf } from '../../../model/mesh/gateway-servers';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { selectedBy } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzGatewayPort: Rule = {
  id: 'MESH-AUTHZ-GATEWAY-PORT',
  level: Level.WARNING,
  title: 'a Gateway listens on a port that the policies of its pods let nobody call',
  why: 'with an ALLOW policy, what no rule lets in is refused: every request to that port is answered with 403',
  fix: 'add the port to the rule of the AuthorizationPolicy',
  source: 'istio docs, AuthorizationPolicy: ports of an operation; Gateway',
  check: (system, report) => {
    for (const [workload, policies] of allowing(system)) {
      const ports = policies.map(portsOf);
      if (ports.includes(undefined)) continue;
      const open = new Set(ports.flatMap(one => one ?? []));
      const targets = servicePorts(system, workload);
      for (const port of new Set(serversOf(system, workload).map(one => one.port))) {
        const listeners = [port, ...targets.filter(one => one.port === port).map(({ target }) => target)];
        const { gateway } = serversOf(system, workload).find(one => one.port === port)!;
        if (!listeners.some(one => open.has(String(one)))) report.at(policies[0], ['spec', 'rules'], `Gateway ${gateway.namespace}/${gateway.name} listens on port ${port} of ${workload.namespace}/${workload.name}, where the policies let ${open.size > 0 ? `in port ${[...open].join(', ')} only` : 'nobody in'}`);
      }
    }
  },
};

/** The policies that let somebody in, by the workload with servers of a Gateway they are for. */
const allowing = once((system: System): ReadonlyMap<Workload, Manifest[]> => {
  const found = new Map<Workload, Manifest[]>();
  for (const policy of authorizationPolicies(system).filter(({ spec, annotations }) => ['', 'ALLOW'].includes(asText(spec.action)) && annotations['istio.io/dry-run'] !== 'true')) {
    for (const workload of selectedBy(system, policy).filter(one => serversOf(system, one).length > 0)) collect(found, workload, policy);
  }
  return found;
});

/** The ports that the rules of a policy are for; undefined where one is for others, too. */
function portsOf({ spec }: Manifest): string[] | undefined {
  const operations = asObjects(spec.rules).map(rule => asObjects(rule.to).map(({ operation }) => asTexts(asObject(operation).ports)));
  return operations.some(rule => rule.length === 0 || rule.some(ports => ports.length === 0)) ? undefined : operations.flat(2);
}

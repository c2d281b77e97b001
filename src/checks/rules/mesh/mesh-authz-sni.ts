import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject, asObjects, asTexts } from '../../../model/manifest';
import { GatewayServer, serversOf } from '../../../model/mesh/gateway-servers';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { servesName } from '../../../model/mesh/served-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzSni: Rule = {
  id: 'MESH-AUTHZ-SNI',
  level: Level.WARNING,
  title: 'a policy of a gateway is for a server name that the gateway does not serve there',
  why: 'a connection with another server name finds no server: the rule never matches, so what it allows is refused, and what it denies is let through',
  fix: 'write a host of the Gateway, and the port of the server that lists it',
  source: 'istio AuthorizationPolicy: connection.sni; Gateway: servers[].hosts',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      asObjects(policy.spec.rules).forEach((rule, i) => asObjects(rule.when).forEach((condition, j) => {
        const names = condition.key === 'connection.sni' ? asTexts(condition.values) : [];
        if (names.length === 0 || names.some(name => name.includes('*') || isFilledIn(name))) return;
        const ports = portsOf(rule);
        const opened = selectedBeside(system, policy).map(workload => serversOf(system, workload));
        // a policy of a namespace may be for others than its gateways
        const servers = opened.some(list => list.length === 0) ? [] : opened.flat().filter(({ port }) => ports.length === 0 || ports.includes(port));
        if (servers.length === 0 || names.some(name => servers.some(({ value }) => servesName(value, name)))) return;
        report.at(policy, ['spec', 'rules', i, 'when', j, 'values'], `no server of the gateway${ports.length > 0 ? ` on port ${ports.join(', ')}` : ''} lists ${names.join(', ')}; ${listed(servers)}`);
      }));
    }
  },
};

function portsOf(rule: Json): number[] {
  const operations = asObjects(rule.to).map(({ operation }) => asTexts(asObject(operation).ports));
  return operations.some(ports => ports.length === 0) ? [] : operations.flat().map(Number);
}

function listed(servers: readonly GatewayServer[]): string {
  return `it lists ${[...new Set(servers.flatMap(({ value }) => asTexts(value.hosts)))].slice(0, 5).join(', ')}`;
}

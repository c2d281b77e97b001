import { Workload } from '../../../model/kubernetes/workload';
import { Json, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasSelector, selectedBy } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { tcpPortsOf } from '../../service-protocols';

export const meshAuthzDenyTcp: Rule = {
  id: 'MESH-AUTHZ-DENY-TCP',
  level: Level.WARNING,
  title: 'a DENY policy about HTTP closes the TCP ports of its workloads',
  why: 'on a port that is no HTTP the condition on paths, methods, hosts, headers or tokens is dropped, and what is left of the rule denies',
  fix: 'name the ports of HTTP in the rule, as to: [{operation: {ports: ["8080"]}}]',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system).filter(({ spec }) => spec.action === 'DENY')) {
      const fields = asObjects(policy.spec.rules).map((rule, i) => namesPorts(rule) ? undefined : httpField(rule, ['spec', 'rules', i])).filter(field => field !== undefined);
      if (!hasSelector(policy) || fields.length === 0) continue;
      const closed = tcpPortOf(system, selectedBy(system, policy));
      for (const field of closed ? fields : []) {
        report.at(policy, field, `port ${closed.port} of Service ${closed.service.name} is ${closed.protocol}, and is closed with the rest`);
      }
    }
  },
};

/** The first TCP port of pods; many policies select the same ones. */
const tcpPortOf = onceIn((system: System, selected: readonly Workload[]) => selected.flatMap(workload => tcpPortsOf(system, workload))[0]);

const OPERATION = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'];
const SOURCE = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks'];
const CERTIFICATE = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'ipBlocks'];

/** A condition that only HTTP can meet, where no caller is named beside it. */
function httpField(rule: Json, path: Path): Path | undefined {
  const sources = asObjects(rule.from).map(from => asObject(from.source));
  if (sources.length > 0 && sources.every(source => CERTIFICATE.some(field => asList(source[field]).length > 0))) return undefined;
  const find = (list: Json[], fields: string[], place: (index: number, field: string) => Path): Path | undefined => {
    for (const [index, value] of list.entries()) {
      const field = fields.find(name => asList(value[name]).length > 0);
      if (field !== undefined) return place(index, field);
    }
    return undefined;
  };
  const condition = asObjects(rule.when).findIndex(({ key }) => /^request\./.test(asText(key)));
  return find(asObjects(rule.to).map(to => asObject(to.operation)), OPERATION, (i, field) => [...path, 'to', i, 'operation', field])
    ?? find(sources, SOURCE, (i, field) => [...path, 'from', i, 'source', field])
    ?? (condition < 0 ? undefined : [...path, 'when', condition]);
}

function namesPorts(rule: Json): boolean {
  const operations = asObjects(rule.to).map(to => asObject(to.operation));
  return (operations.length > 0 && operations.every(({ ports, notPorts }) => asList(ports).length + asList(notPorts).length > 0))
    || asObjects(rule.when).some(({ key }) => key === 'destination.port');
}

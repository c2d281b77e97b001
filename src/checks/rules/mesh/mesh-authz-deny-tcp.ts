import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { isInjected, templatesOf } from '../../../model/mesh/injection';
import { HTTP_FIELDS, authorizationPolicies } from '../../../model/mesh/policy';
import { hasSelector, hasTarget, selectedBy } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Problem } from '../../refusals/places';
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
    const isAlone = system.workloads.length === 0 && system.all('Service').length === 0;
    for (const policy of authorizationPolicies(system).filter(({ spec, annotations }) => spec.action === 'DENY' && !isTrial(annotations['istio.io/dry-run']))) {
      if (isAlone) for (const [path, message] of unseen(policy)) report.at(policy, path, message);
      const fields = asObjects(policy.spec.rules).map((rule, i) => namesPorts(rule) ? undefined : httpField(rule, ['spec', 'rules', i])).filter(field => field !== undefined);
      if (fields.length === 0) continue;
      const closed = (hasSelector(policy) ? closedByName : closedToAll)(system, selectedBy(system, policy));
      for (const field of closed ? fields : []) {
        const { namespace, name } = closed!.service;
        const shown = namespace === policy.namespace ? name : `${namespace}/${name}`;
        report.at(policy, field, `port ${closed!.port} of Service ${shown} is ${closed!.protocol}, and is closed with the rest`);
      }
    }
  },
};

/** A port that only TCP comes to, of a workload whose proxy enforces the policy; many policies select the same ones. */
const closedByName = onceIn((system: System, selected: readonly Workload[]) => closedPort(system, selected));

/** Who is not selected by name may have no proxy. */
const closedToAll = onceIn((system: System, selected: readonly Workload[]) =>
  closedPort(system, selected.filter(workload => isInjected(system, workload))));

function closedPort(system: System, selected: readonly Workload[]): ReturnType<typeof tcpPortsOf>[number] | undefined {
  for (const workload of selected) {
    const closed = isGateway(workload) ? undefined : tcpPortsOf(system, workload).find(({ port }) => isCaught(workload, port));
    if (closed) return closed;
  }
  return undefined;
}

/** A gateway ends TLS and speaks HTTP, whatever its Service calls the port. */
function isGateway(workload: Workload): boolean {
  return workload.containers.some(({ name }) => name === 'istio-proxy') || templatesOf(workload).includes('gateway');
}

/** Whether connections to a port go through the proxy. */
function isCaught(workload: Workload, port: number): boolean {
  const listed = (name: string): string[] | undefined => workload.annotations[`traffic.sidecar.istio.io/${name}`]?.split(',').map(one => one.trim());
  const included = listed('includeInboundPorts') ?? ['*'];
  return !(listed('excludeInboundPorts') ?? []).includes(String(port)) && (included.includes('*') || included.includes(String(port)));
}

/** As Go reads a boolean. */
function isTrial(dryRun: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(dryRun ?? '');
}

/** What Istio itself warns of, where the workloads are elsewhere. */
function unseen(policy: Manifest): Problem[] {
  if (hasTarget(policy) || asObject(asObject(policy.spec.selector).matchLabels).istio !== undefined) return [];
  return asObjects(policy.spec.rules).flatMap((rule, i): Problem[] => {
    const path = ['spec', 'rules', i];
    const field = namesPorts(rule) ? undefined : httpField(rule, path);
    if (field !== undefined) return [[field, 'ports of the workloads that are no HTTP are closed with the rest']];
    return isOfDomains(rule) ? [[[...path, 'from'], 'a rule about trust domains alone is for all ports, also those that are no HTTP: Istio warns when it is applied']] : [];
  });
}

function isOfDomains(rule: Json): boolean {
  const sources = asObjects(rule.from).map(from => Object.keys(asObject(from.source)));
  return asList(rule.to).length === 0 && sources.length > 0 && sources.every(fields => fields.length > 0 && fields.every(field => /^(notT|t)rustDomains$/.test(field)));
}

const SOURCE = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks'];
const CERTIFICATE = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'ipBlocks'];

/** Conditions that are left on TCP, and keep the rule to some callers. */
const CALLER = /^(source\.(principal|namespace|serviceAccount|trustDomain|ip)|connection\.sni|destination\.ip)$/;

/** A condition that only HTTP can meet, where no caller is named beside it. */
function httpField(rule: Json, path: Path): Path | undefined {
  const sources = asObjects(rule.from).map(from => asObject(from.source));
  if (sources.length > 0 && sources.every(source => CERTIFICATE.some(field => asList(source[field]).length > 0))) return undefined;
  if (asObjects(rule.when).some(({ key, values }) => CALLER.test(asText(key)) && asList(values).length > 0)) return undefined;
  const find = (list: Json[], fields: string[], place: (index: number, field: string) => Path): Path | undefined => {
    for (const [index, value] of list.entries()) {
      const field = fields.find(name => asList(value[name]).length > 0);
      if (field !== undefined) return place(index, field);
    }
    return undefined;
  };
  const condition = asObjects(rule.when).findIndex(({ key }) => /^request\./.test(asText(key)));
  return find(asObjects(rule.to).map(to => asObject(to.operation)), HTTP_FIELDS, (i, field) => [...path, 'to', i, 'operation', field])
    ?? find(sources, SOURCE, (i, field) => [...path, 'from', i, 'source', field])
    ?? (condition < 0 ? undefined : [...path, 'when', condition]);
}

function namesPorts(rule: Json): boolean {
  const operations = asObjects(rule.to).map(to => asObject(to.operation));
  return (operations.length > 0 && operations.every(({ ports, notPorts }) => asList(ports).length + asList(notPorts).length > 0))
    || asObjects(rule.when).some(({ key }) => key === 'destination.port');
}

import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { serversOf } from '../../../model/mesh/gateway-servers';
import { fullName, serviceOf } from '../../../model/mesh/hosts';
import { hostsThroughGateways } from '../../../model/mesh/routes';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { workloadsWith } from '../../../model/mesh/selection';
import { servesName } from '../../../model/mesh/served-hosts';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewaySni: Rule = {
  id: 'MESH-GATEWAY-SNI',
  level: Level.ERROR,
  title: 'callers ask a gateway for a server name that it does not serve',
  why: 'the gateway finds its server by the server name in TLS: the connection is reset',
  fix: 'write in tls.sni of the DestinationRule a host that the server of the Gateway lists',
  source: 'istio pilot/pkg/networking/core/gateway.go: filter chains by SNI; ClientTLSSettings.sni',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const name = asText(tls.sni);
        const isWhole = name !== '' && hostsThroughGateways(system).has(fullName(asText(rule.spec.host), rule.namespace));
        const hosts = !isWhole ? [] : hostsAt(system, rule, path.includes('portLevelSettings') ? portOf(rule, path) : undefined);
        if (hosts.length > 0 && !hosts.some(server => servesName(server, name))) {
          report.at(rule, [...path, 'sni'], `the gateway behind ${asText(rule.spec.host)} serves ${hosts.flatMap(({ hosts: listed }) => listed).join(', ')}, not ${name}`);
        }
      }
    }
  },
};

function portOf(rule: Manifest, path: readonly (string | number)[]): number {
  return Number(asObject(path.slice(0, -1).reduce((value: Json, step) => asObject(value)[step] ?? asObject(value[step]), rule.value).port).number);
}

/** The servers with TLS that a gateway has behind a port of the host of a rule, or behind any. */
function hostsAt(system: System, { spec, namespace }: Manifest, port: number | undefined): Json[] {
  const host = asText(spec.host);
  const service = /^[^.*]+(\.[^.]+\.svc(\.cluster\.local)?)?$/.test(host) ? serviceOf(system, host, namespace) : undefined;
  const selector = asObject(service?.spec.selector);
  const workloads: readonly Workload[] = Object.keys(selector).length > 0 ? workloadsWith(system, service!.namespace, selector) : [];
  const named = asObjects(service?.spec.ports).filter(one => port === undefined || one.port === port);
  const ports = named.flatMap(one => [Number(one.port), Number(one.targetPort)]);
  const servers = workloads.flatMap(workload => serversOf(system, workload)).filter(server => ports.includes(server.port));
  return servers.every(({ value }) => value.tls) ? [...new Set(servers.map(({ value }) => value))] : [];
}

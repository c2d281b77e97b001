import { Json, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { destinationRules } from '../../../model/mesh/destination-rules';
import { serversOf } from '../../../model/mesh/gateway-servers';
import { fullName, serviceOf } from '../../../model/mesh/hosts';
import { Destination, destinationsOf, hostsThroughGateways } from '../../../model/mesh/routes';
import { workloadsWith } from '../../../model/mesh/selection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayNoSni: Rule = {
  id: 'MESH-GATEWAY-NO-SNI',
  level: Level.ERROR,
  title: 'a route leads to a gateway without saying which host is meant',
  why: 'the gateway finds its server by the server name in mutual TLS, and without tls.sni that is a name of Istio\'s own: the connection is reset',
  fix: 'route to a subset of the DestinationRule whose tls.sni for that port is a host of the Gateway',
  source: 'istio docs, egress gateways with TLS origination; pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const destination of destinationsOf(system)) {
      const { route: { service }, path, host } = destination;
      const isWhole = hostsThroughGateways(system).has(fullName(host, service.namespace));
      const hosts = isWhole ? serverHosts(system, destination) : [];
      if (hosts.length > 0 && !hosts.some(name => name.startsWith('*')) && isUnnamed(system, destination)) {
        report.at(service, path, `${host} serves ${hosts.slice(0, 3).join(', ')} there, and no DestinationRule says the server name of this route`);
      }
    }
  },
};

/** The hosts of the servers with mutual TLS of the mesh that a gateway has at the port of a destination; none where it has others, too. */
function serverHosts(system: System, { route: { service: { namespace } }, value, host }: Destination): string[] {
  const service = /^[^.*]+(\.[^.]+\.svc(\.cluster\.local)?)?$/.test(host) ? serviceOf(system, host, namespace) : undefined;
  const selector = asObject(service?.spec.selector);
  const { number } = asObject(value.port);
  const named = asObjects(service?.spec.ports).filter(one => one.port === number);
  const workloads = Object.keys(selector).length > 0 && named.length > 0 ? workloadsWith(system, service!.namespace, selector) : [];
  const ports = named.flatMap(one => [Number(one.port), Number(one.targetPort)]);
  const servers = workloads.flatMap(workload => serversOf(system, workload)).filter(({ port }) => ports.includes(port)).map(server => server.value);
  const isMutual = servers.every(({ tls }) => asObject(tls).mode === 'ISTIO_MUTUAL');
  return isMutual ? [...new Set(servers.flatMap(({ hosts }) => asTexts(hosts).map(name => name.replace(/^.*\//, ''))))] : [];
}

/** Whether no DestinationRule sets the server name for the subset and port of a destination. */
function isUnnamed(system: System, { route: { service: { namespace } }, value, host }: Destination): boolean {
  const subset = asText(value.subset);
  return !destinationRules(system, fullName(host, namespace)).some(({ spec }) => {
    const own = asObjects(spec.subsets).find(({ name }) => name === subset);
    return [own?.trafficPolicy, spec.trafficPolicy].some(policy => namesServer(asObject(policy), asObject(value.port).number));
  });
}

function namesServer({ tls, portLevelSettings: levels }: Json, port: unknown): boolean {
  const level = asObjects(levels).find(one => asObject(one.port).number === port);
  return [level?.tls, tls].some(settings => asText(asObject(settings).sni) !== '');
}

import { asText, asTexts } from '../../../model/manifest';
import { GatewayServer, serversOf } from '../../../model/mesh/gateway-servers';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const meshGatewayConflict: Rule = {
  id: 'MESH-GATEWAY-CONFLICT',
  level: Level.WARNING,
  title: 'two servers of a gateway want one port, and cannot share it',
  why: 'servers with TLS share a port by their hosts, servers of HTTP by their routes: of two that can do neither istiod drops the younger one, with its routes',
  fix: 'give each host on a port with TLS to one server only, and plain text a port of its own',
  source: 'istio pilot/pkg/model/gateway.go, mergeGateways; istioctl analyze IST0145',
  check: (system, report) => {
    const told = new Set<GatewayServer>();
    for (const workload of system.workloads) {
      const [plain, secure] = [new Map<string, GatewayServer>(), new Map<string, GatewayServer>()];
      for (const server of serversOf(system, workload)) {
        const place = `${server.port}/${asText(server.value.bind)}`;
        const isPlain = isPlainText(server);
        const before = isPlain ? [secure.get(place), plain.get(place)] : [plain.get(place)];
        const other = before.find(one => one && !mayShare(one, server));
        if (other) tell(report, told, server, other, `port ${server.port} is that of ${kindOf(other)}`);
        if (!isPlain) tellHosts(report, told, server, place, secure);
        const own = isPlain ? plain : secure;
        if (!own.has(place)) own.set(place, server);
      }
    }
  },
};

/** Tells of hosts that another server with TLS has on the same port, and takes down its own. */
function tellHosts(report: Report, told: Set<GatewayServer>, server: GatewayServer, place: string, secure: Map<string, GatewayServer>): void {
  for (const host of asTexts(server.value.hosts)) {
    const other = secure.get(`${place}/${host}`);
    if (other) tell(report, told, server, other, `port ${server.port} has the host ${host}`);
    else secure.set(`${place}/${host}`, server);
  }
}

function tell(report: Report, told: Set<GatewayServer>, server: GatewayServer, other: GatewayServer, message: string): void {
  const [one, two] = [server.gateway, other.gateway];
  // files with the same name are variants of one object, of which one is applied
  const isVariant = one !== two && one.name === two.name && one.namespace === two.namespace;
  if (isVariant || told.has(server)) return;
  told.add(server);
  report.at(one, ['spec', 'servers'], `${message} in Gateway ${two.namespace}/${two.name} already`);
}

const HTTP = /^(HTTP|HTTP2|GRPC|GRPC-WEB)$/i;

function protocolOf({ value }: GatewayServer): string {
  return asText(value.port?.protocol).toUpperCase();
}

function isPlainText({ value }: GatewayServer): boolean {
  return !value.tls || HTTP.test(asText(value.port?.protocol));
}

function mayShare(one: GatewayServer, two: GatewayServer): boolean {
  return [one, two].every(server => isPlainText(server) && HTTP.test(protocolOf(server)));
}

function kindOf(server: GatewayServer): string {
  return isPlainText(server) ? `plain ${protocolOf(server)}` : 'TLS';
}

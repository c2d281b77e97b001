import { EgressCall } from './egress';
import { requireNoOther } from './require-no-other';
import { Cluster } from '../../cluster';
import { isFullDnsName } from '../../identity/dns-name';
import { EgressGateway } from '../istio/egress-gateway';
import { requirePort, requireSome } from '../istio/input';
import { MeshWorkload } from '../istio/mesh-workload';
import { ServiceEntryProtocol } from '../istio/service-entry';

/**
 * One allowed call to the outside, complete and checked.
 */
export interface EgressStatement {
  readonly source: MeshWorkload;
  readonly hosts: string[];
  readonly port: number;
  readonly protocol: ServiceEntryProtocol;
  /** The gateway through which the hosts are called; none when the workload calls them itself. */
  readonly gateway?: EgressGateway;
}

/**
 * The port of hosts to which a gateway itself begins TLS.
 */
export const HOST_TLS_PORT = 443;

const DEFAULT_PORT = 443;
const DEFAULT_HTTP_PORT = 80;
const GATEWAY_PROTOCOLS = [ServiceEntryProtocol.TLS, ServiceEntryProtocol.HTTPS, ServiceEntryProtocol.HTTP];

/**
 * Completes and checks an allowed call to the outside.
 */
export function egressStatement(call: EgressCall, cluster: Cluster): EgressStatement {
  const where = `egress of '${call.source}'`;
  const protocol = call.protocol ?? ServiceEntryProtocol.TLS;
  const port = call.port ?? (protocol === ServiceEntryProtocol.HTTP ? DEFAULT_HTTP_PORT : DEFAULT_PORT);
  requireNoOther(where, call, ['source', 'hosts', 'port', 'protocol', 'gateway']);
  requireSome(where, 'hosts', call.hosts);
  requirePort(where, port);
  for (const host of call.hosts) {
    if (!isFullDnsName(host)) {
      throw new Error(`${where} has host '${host}', which is no full DNS name: use one such as 'api.example.com', without scheme, port and '*'`);
    }
    if (/\.[0-9]+$/.test(host)) {
      throw new Error(`${where} has host '${host}', which is an address: callers and gateways are told apart by names, use a DNS name, or a ServiceEntry with addresses`);
    }
    if (/\.svc$/.test(host) || host.endsWith(`.${cluster.clusterDomain}`)) {
      throw new Error(`${where} has host '${host}', which is a Service of this cluster: allow the call to its workload instead`);
    }
  }
  if (call.gateway && !GATEWAY_PROTOCOLS.includes(protocol)) {
    throw new Error(`${where} goes through gateway '${call.gateway.name}' by ${protocol}, which does not tell the gateway what host is meant: `
      + `use ${GATEWAY_PROTOCOLS.join(', ')}, or leave gateway out`);
  }
  return { source: call.source, hosts: call.hosts, port, protocol, gateway: call.gateway };
}

/**
 * The port at which connections arrive outside.
 */
export function outsidePort({ port, protocol, gateway }: EgressStatement): number {
  return gateway && protocol === ServiceEntryProtocol.HTTP ? HOST_TLS_PORT : port;
}

import { createHash } from 'node:crypto';
import { EgressGateway, EGRESS_HTTP_PORT, EGRESS_TLS_PORT } from '../../istio/egress-gateway';
import { ServiceEntryProtocol } from '../../istio/service-entry';
import { EgressStatement, HOST_TLS_PORT } from '../egress-statement';

const LABEL_LENGTH = 63;

/**
 * A host outside that is called through an egress gateway: how callers get to the gateway, and how the gateway gets on.
 *
 * Everything is seen by the namespaces of the callers only: elsewhere the host stays unknown.
 */
export class EgressHost {
  private readonly namespaces = new Set<string>();
  private tlsPort?: number;
  private httpPort?: number;

  public constructor(public readonly host: string, private readonly gateway: EgressGateway) {}

  /**
   * Whether the gateway itself begins TLS to the host.
   */
  public get beginsTls(): boolean {
    return this.httpPort !== undefined;
  }

  public add({ source, port, protocol }: EgressStatement): void {
    const isHttp = protocol === ServiceEntryProtocol.HTTP;
    const known = isHttp ? this.httpPort : this.tlsPort;
    if (known !== undefined && known !== port) {
      throw new Error(`host '${this.host}' is called through egress gateway '${this.gateway.name}' on ports ${known} and ${port}: `
        + 'the gateway tells hosts apart by their names, use one port');
    }
    if (isHttp) {
      this.httpPort = port;
    } else {
      this.tlsPort = port;
    }
    this.namespaces.add(source.namespace);
  }

  /**
   * The name of the host where Istio takes no dots and no more than 63 characters; two hosts never have the same.
   */
  public get label(): string {
    const label = this.host.replaceAll('-', '--').replaceAll('.', '-');
    const hash = createHash('sha256').update(this.host).digest('hex').slice(0, 8);
    return label.length <= LABEL_LENGTH ? label : `${label.slice(0, LABEL_LENGTH - 9).replace(/-+$/, '')}-${hash}`;
  }

  public exportTo(): string[] {
    return ['.', ...[...this.namespaces].sort()];
  }

  /**
   * What the gateway listens for: mutual TLS for the name of the host, in which the TLS of the caller goes on to the host.
   */
  public servers(): any[] {
    const server = (number: number, protocol: string) => ({
      port: { number, name: `${protocol.toLowerCase()}-${this.host}`, protocol }, hosts: [this.host], tls: { mode: 'ISTIO_MUTUAL' },
    });
    return [
      ...(this.tlsPort !== undefined ? [server(EGRESS_TLS_PORT, 'TLS')] : []),
      ...(this.httpPort !== undefined ? [server(EGRESS_HTTP_PORT, 'HTTPS')] : []),
    ];
  }

  /**
   * How callers reach the gateway for the host: under the name of the host, and only if it proves to be the gateway.
   */
  public subset(): any {
    const tls = { mode: 'ISTIO_MUTUAL', sni: this.host, subjectAltNames: [this.gateway.identity.spiffeId.uri] };
    const ports = [...(this.tlsPort !== undefined ? [EGRESS_TLS_PORT] : []), ...(this.httpPort !== undefined ? [EGRESS_HTTP_PORT] : [])];
    return { name: this.label, trafficPolicy: { portLevelSettings: ports.map((number) => ({ port: { number }, tls })) } };
  }

  /**
   * The port of plain HTTP leads to the one of TLS, so that nothing but the gateway, which begins TLS, is understood there.
   */
  public serviceEntrySpec(): any {
    const ports = [
      ...(this.tlsPort !== undefined ? [{ number: this.tlsPort, name: `tls-${this.tlsPort}`, protocol: 'TLS' }] : []),
      ...(this.httpPort !== undefined ? [{ number: this.httpPort, name: `http-${this.httpPort}`, protocol: 'HTTP', targetPort: HOST_TLS_PORT }] : []),
    ];
    return { hosts: [this.host], location: 'MESH_EXTERNAL', resolution: 'DNS', ports, exportTo: this.exportTo() };
  }

  public virtualServiceSpec(gateway: string): any {
    const toGateway = (number: number) => [{ destination: { host: this.gateway.host, subset: this.label, port: { number } } }];
    const toHost = (number: number) => [{ destination: { host: this.host, port: { number } } }];
    const { tlsPort, httpPort } = this;
    return {
      hosts: [this.host],
      gateways: ['mesh', gateway],
      exportTo: this.exportTo(),
      ...(tlsPort !== undefined ? {
        tls: [{ match: [{ gateways: ['mesh'], port: tlsPort, sniHosts: [this.host] }], route: toGateway(EGRESS_TLS_PORT) }],
        tcp: [{ match: [{ gateways: [gateway], port: EGRESS_TLS_PORT }], route: toHost(tlsPort) }],
      } : {}),
      ...(httpPort !== undefined ? {
        http: [
          { name: 'to-gateway', match: [{ gateways: ['mesh'], port: httpPort }], route: toGateway(EGRESS_HTTP_PORT) },
          { name: 'to-host', match: [{ gateways: [gateway], port: EGRESS_HTTP_PORT }], route: toHost(httpPort) },
        ],
      } : {}),
    };
  }

  /**
   * How the gateway begins TLS: with the certificate authorities of the proxy's image, for this name and no other.
   */
  public destinationRuleSpec(): any {
    const tls = { mode: 'SIMPLE', sni: this.host, subjectAltNames: [this.host], caCertificates: 'system' };
    return { host: this.host, exportTo: ['.'], trafficPolicy: { portLevelSettings: [{ port: { number: this.httpPort }, tls }] } };
  }
}

import { isHostPattern, requireSome } from './input';
import { requireProps } from '../../identity/require-props';

/**
 * The hosts of a server, and the Secret with their certificate.
 */
export interface TlsServerOptions {
  /**
   * The hosts that the server answers for: DNS names, or wildcards such as `*.example.com`.
   */
  readonly hosts: string[];

  /**
   * The name of the Secret with certificate and key (type `kubernetes.io/tls`), in the namespace of the ingress gateway.
   */
  readonly credentialName: string;
}

/**
 * What a gateway listens for: hosts on a port, with or without TLS.
 */
export class GatewayServer {
  /**
   * HTTPS on port 443 with a certificate of the gateway. Clients show none.
   *
   * @param options hosts and certificate
   */
  public static https(options: TlsServerOptions): GatewayServer {
    return GatewayServer.tls('https', 'SIMPLE', options);
  }

  /**
   * HTTPS on port 443 where clients have to show a certificate, signed by a CA of the Secret (key `ca.crt`).
   *
   * @param options hosts and certificates
   */
  public static mutualTls(options: TlsServerOptions): GatewayServer {
    return GatewayServer.tls('https-mutual', 'MUTUAL', options);
  }

  /**
   * HTTP on port 80 that sends every request to HTTPS.
   *
   * @param hosts the hosts that the server answers for
   */
  public static httpsRedirect(...hosts: string[]): GatewayServer {
    return new GatewayServer('http', 80, 'HTTP', hosts, { httpsRedirect: true });
  }

  /**
   * Plain HTTP on port 80: anybody between client and gateway can read and change it.
   *
   * @param hosts the hosts that the server answers for
   */
  public static http(...hosts: string[]): GatewayServer {
    return new GatewayServer('http', 80, 'HTTP', hosts);
  }

  private static tls(name: string, mode: string, options: TlsServerOptions): GatewayServer {
    requireProps('gateway server', options, { hosts: 'text[]', credentialName: 'text' });
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(options.credentialName)) {
      throw new Error(`gateway credentialName '${options.credentialName}' is no name of a Secret: give the name alone, `
        + 'the Secret is in the namespace of the ingress gateway');
    }
    // what browsers and libraries of the last ten years speak
    return new GatewayServer(name, 443, 'HTTPS', options.hosts, {
      mode, credentialName: options.credentialName, minProtocolVersion: 'TLSV1_2',
    });
  }

  private constructor(
    /**
     * @internal
     */
    public readonly _name: string,
    /**
     * The port.
     */
    public readonly port: number,
    private readonly protocol: string,
    /**
     * The hosts that the server answers for.
     */
    public readonly hosts: string[],
    private readonly tlsOptions?: any,
  ) {
    requireSome('gateway server', 'hosts', hosts);
    for (const host of hosts) {
      if (!isHostPattern(host)) {
        throw new Error(`gateway host '${host}' is no DNS name: use one such as 'shop.example.com' or '*.example.com', without scheme and port`);
      }
    }
  }

  /**
   * @internal
   */
  public _toJson(portName: string, namespacesOf: (host: string) => string[]): any {
    return {
      port: { number: this.port, name: portName, protocol: this.protocol },
      // a redirect answers before any route; Istio would drop it for a bound host that has no route
      hosts: this.tlsOptions?.httpsRedirect ? this.hosts : this.hosts.flatMap((host) => namespacesOf(host).map((namespace) => `${namespace}/${host}`)),
      ...(this.tlsOptions ? { tls: this.tlsOptions } : {}),
    };
  }
}

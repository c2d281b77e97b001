import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayServer } from './gateway-server';
import { IngressGateway } from './ingress-gateway';
import { requireFilled, requireNamespace, requireSome } from './input';
import { defineIstioObject } from './istio-object';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';

/**
 * What a gateway listens for.
 */
export interface GatewayProps {
  /**
   * The ingress gateway whose proxies listen.
   */
  readonly ingress: IngressGateway;

  /**
   * What they listen for.
   */
  readonly servers: GatewayServer[];

  /**
   * The name of the Gateway.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * Further namespaces whose VirtualServices may route the requests, such as those of teams that write their own manifests.
   *
   * @default - only those of the VirtualServices that are given this gateway
   */
  readonly routeNamespaces?: string[];
}

/**
 * The hosts, ports and certificates of an ingress gateway. It stands in the namespace of the ingress gateway.
 *
 * Its hosts are bound to the namespaces that route them: a VirtualService of any other namespace gets no request of them.
 *
 * Throws for a namespace that is no name, and for two servers of one host and port.
 */
export class Gateway extends Construct {
  /**
   * The name of the Gateway.
   */
  public readonly name: string;

  /**
   * The namespace of the Gateway and of the Secrets that it names.
   */
  public readonly namespace: string;

  /**
   * The Gateway.
   */
  public readonly apiObject: ApiObject;

  private readonly servers: GatewayServer[];
  private readonly routeNamespaces: string[];
  private readonly routed: { readonly namespace: string; readonly host: string }[] = [];

  public constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    requireProps(`Gateway '${id}'`, props, { ingress: 'IngressGateway', servers: 'GatewayServer[]' });
    this.name = props.name ?? id;
    this.namespace = props.ingress.namespace;
    this.servers = props.servers;
    const where = `gateway '${this.name}'`;
    requireSome(where, 'servers', props.servers);
    if (this.name.includes('.')) {
      throw new Error(`gateway name '${this.name}' has a dot, which Istio refuses: use a-z, 0-9 and '-'`);
    }
    this.requireDistinctServers(where);
    requireFilled(where, 'routeNamespaces', props.routeNamespaces);
    this.routeNamespaces = (props.routeNamespaces ?? []).map((namespace) => requireNamespace(where, namespace));
    this.apiObject = defineIstioObject(this, Stage.GATEWAYS, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      name: this.name,
      namespace: this.namespace,
      spec: { selector: props.ingress.selector, servers: Lazy.any({ produce: () => this.serversJson() }) },
    });
  }

  /**
   * The name by which VirtualServices of all namespaces refer to it.
   */
  public get reference(): string {
    return `${this.namespace}/${this.name}`;
  }

  /**
   * Whether a server of the gateway takes requests for a host.
   *
   * @param host a DNS name, or a wildcard such as `*.example.com`
   */
  public serves(host: string): boolean {
    return this.servers.flatMap((server) => server.hosts).some((own) => takes(own, host));
  }

  /**
   * @internal
   */
  public _route(host: string, namespace: string): void {
    this.routed.push({ host, namespace });
  }

  private serversJson(): any[] {
    return this.servers.map((server, index) => {
      const before = this.servers.slice(0, index).filter((other) => other._name === server._name).length;
      // Istio refuses two ports of one name in a Gateway
      return server._toJson(before === 0 ? server._name : `${server._name}-${before + 1}`, (host) => this.namespacesOf(host));
    });
  }

  /**
   * The namespaces whose VirtualServices route a host; its own when there is none, as a host without namespace would be for all.
   */
  private namespacesOf(own: string): string[] {
    const routing = this.routed.filter(({ host }) => takes(own, host)).map(({ namespace }) => namespace);
    const namespaces = [...new Set([...routing, ...this.routeNamespaces])].sort();
    return namespaces.length > 0 ? namespaces : ['.'];
  }

  private requireDistinctServers(where: string): void {
    const seen = new Set<string>();
    for (const server of this.servers) {
      for (const host of server.hosts) {
        const key = `${host} on port ${server.port}`;
        if (seen.has(key)) {
          throw new Error(`${where} has two servers for host ${key}: only one would answer, remove one`);
        }
        seen.add(key);
      }
    }
  }
}

function takes(own: string, host: string): boolean {
  return own === '*' || own === host || (own.startsWith('*.') && host.endsWith(own.slice(1)));
}

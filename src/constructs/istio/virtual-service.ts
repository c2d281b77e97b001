import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { claimOnce } from './claims';
import { Gateway } from './gateway';
import { fullHost } from './host';
import { HttpRoute, httpRouteJson } from './http-route';
import { requireFilled, requireSome } from './input';
import { defineIstioObject } from './istio-object';
import { requireNotOwned } from './own-fields';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';

/**
 * How requests for hosts are routed.
 */
export interface VirtualServiceProps {
  /**
   * The namespace of the VirtualService.
   */
  readonly namespace: string;

  /**
   * The hosts of the requests: names of Services of the namespace, or full DNS names.
   */
  readonly hosts: string[];

  /**
   * The routes. The first one that matches takes a request.
   */
  readonly http: HttpRoute[];

  /**
   * The name of the VirtualService.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * The gateways at which the requests come in.
   *
   * @default - none, requests come from workloads of the mesh
   */
  readonly gateways?: Gateway[];

  /**
   * Whether requests of workloads of the mesh are routed so, too.
   *
   * @default - true without gateways, false with gateways
   */
  readonly inMesh?: boolean;

  /**
   * Further fields of the spec, in Istio's words, such as `exportTo`.
   *
   * @default - none
   */
  readonly additionalSpec?: { [key: string]: any };
}

/**
 * How requests for hosts are routed: to which versions, in which shares, with which timeout and retries.
 *
 * Inside the mesh a host has one VirtualService in a namespace; with two the outcome is not defined.
 */
export class VirtualService extends Construct {
  /**
   * The VirtualService.
   */
  public readonly apiObject: ApiObject;

  private readonly namespace: string;
  private readonly additionalSpec: { [key: string]: any };

  public constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    requireProps(`VirtualService '${id}'`, props, { namespace: 'text', hosts: 'text[]', http: 'HttpRoute[]' });
    this.namespace = props.namespace;
    this.additionalSpec = { ...props.additionalSpec };
    const name = props.name ?? id;
    const where = `virtual service '${name}'`;
    const gateways = props.gateways ?? [];
    const inMesh = props.inMesh ?? gateways.length === 0;
    requireSome(where, 'hosts', props.hosts);
    requireSome(where, 'http', props.http);
    requireFilled(where, 'gateways', props.gateways);
    requireNotOwned(where, props.additionalSpec, { hosts: 'hosts', gateways: 'gateways', http: 'http' });
    if (!inMesh && gateways.length === 0) {
      throw new Error(`${where} has no gateway and is not for the mesh: it would route nothing, name a gateway or leave inMesh out`);
    }
    const hosts = props.hosts.map((host) => fullHost(this, where, host, props.namespace, true));
    this.requireDistinct(where, hosts);
    hosts.forEach((host) => this.requireServed(where, host, gateways, inMesh));
    this.requireReachable(where, props.http);
    if (inMesh) {
      hosts.forEach((host) => claimOnce(this, `VirtualService for host '${host}' in namespace '${props.namespace}'`, name));
    }
    gateways.forEach((gateway) => hosts.forEach((host) => gateway._route(host, props.namespace)));
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      name,
      namespace: props.namespace,
      spec: {
        hosts,
        ...(gateways.length > 0 ? { gateways: [...gateways.map((gateway) => gateway.reference), ...(inMesh ? ['mesh'] : [])] } : {}),
        http: props.http.map((route, index) => {
          const shown = `${where}, route ${route.name ? `'${route.name}'` : index + 1}`;
          return httpRouteJson(shown, route, (host) => fullHost(this, shown, host, props.namespace, false));
        }),
        ...props.additionalSpec,
      },
    });
  }

  /**
   * The subsets that routes in Istio's own words name.
   *
   * @internal
   */
  public _namedSubsets(): { readonly host: string; readonly subset: string }[] {
    const routes = [this.additionalSpec.tcp, this.additionalSpec.tls].flatMap((list) => list ?? []).flatMap((one) => one.route ?? []);
    return routes.filter(({ destination }) => destination?.subset !== undefined)
      .map(({ destination: { host, subset } }) => ({ host: fullHost(this, 'route', host, this.namespace, false), subset }));
  }

  private requireServed(where: string, host: string, gateways: Gateway[], inMesh: boolean): void {
    if (host === '*' && inMesh) {
      throw new Error(`${where} has host '*' for the whole mesh: name the hosts, '*' is for gateways only`);
    }
    for (const gateway of gateways) {
      if (!inMesh && !gateway.serves(host)) {
        throw new Error(`${where} has host '${host}', for which gateway '${gateway.reference}' takes no requests: add the host to a server of the gateway`);
      }
    }
  }

  private requireDistinct(where: string, hosts: string[]): void {
    hosts.forEach((host, index) => hosts.slice(index + 1).forEach((other) => {
      if (host === other || covers(host, other) || covers(other, host)) {
        throw new Error(`${where} has hosts '${host}' and '${other}', of which one covers the other: remove one`);
      }
    }));
  }

  private requireReachable(where: string, routes: HttpRoute[]): void {
    const all = routes.findIndex((route) => route.matches === undefined);
    if (all !== -1 && all < routes.length - 1) {
      throw new Error(`${where} has route ${all + 1} for all requests before others, which would never be used: put it last`);
    }
  }
}

function covers(wildcard: string, host: string): boolean {
  return wildcard.startsWith('*') && host.endsWith(wildcard.slice(1));
}

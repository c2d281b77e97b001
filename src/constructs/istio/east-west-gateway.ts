import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Border } from './border';
import { GatewayProxies } from './gateway-proxies';
import { fullHost } from './host';
import { requireFilled } from './input';
import { NETWORK_LABEL } from './install-values';
import { defineIstioObject } from './istio-object';
import { IMesh } from './mesh';
import { IMeshPeer, MeshWorkload } from './mesh-workload';
import { Platform, Stage } from '../../delivery';
import { WorkloadIdentity } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { externalDns } from '../external-dns';
import { requireReachableHost } from '../spire/federation/host';

/**
 * The port of an east-west gateway at which other clusters call.
 */
export const CROSS_NETWORK_PORT = 15443;

/**
 * What an east-west gateway is.
 */
export interface EastWestGatewayProps {
  /**
   * The mesh that it leads into, which has a `network`.
   */
  readonly mesh: IMesh;

  /**
   * The services that other clusters may call, as full DNS names. Wildcards such as `*.bookinfo.svc.cluster.local` are allowed.
   *
   * @default - all services of the cluster
   */
  readonly hosts?: string[];

  /**
   * The name of the gateway: of its Deployment, Service and service account.
   *
   * @default - `istio-eastwestgateway`
   */
  readonly name?: string;

  /**
   * The namespace of the gateway, which it defines and does not share.
   *
   * @default - `istio-eastwest`
   */
  readonly namespace?: string;

  /**
   * How many proxies run.
   *
   * @default - 2
   */
  readonly replicas?: number;

  /**
   * The DNS name that is to lead to the load balancer of the gateway, for external-dns.
   *
   * @default - none: istiod finds the address by itself
   */
  readonly dnsName?: string;
}

/**
 * The gateway through which workloads of other clusters call into this one.
 *
 * It passes mutual TLS through without ending it (AUTO_PASSTHROUGH on port 15443), so both ends see each other's identity and the gateway sees
 * no request; it needs no bundle of another trust domain.
 *
 * Throws when the mesh has no network, for less than two replicas, and for hosts that are no DNS names or lead nowhere.
 */
export class EastWestGateway extends Construct implements IMeshPeer {
  /**
   * The name of the gateway.
   */
  public readonly name: string;

  /**
   * The namespace of the gateway.
   */
  public readonly namespace: string;

  /**
   * The gateway as a workload of the mesh.
   */
  public readonly workload: MeshWorkload;

  /**
   * The Deployment.
   */
  public readonly deployment: ApiObject;

  /**
   * The Service.
   */
  public readonly service: ApiObject;

  /**
   * The Gateway that passes mutual TLS through.
   */
  public readonly gateway: ApiObject;

  public constructor(scope: Construct, id: string, props: EastWestGatewayProps) {
    super(scope, id);
    requireProps(`EastWestGateway '${id}'`, props, { mesh: 'IMesh' });
    this.name = props.name ?? 'istio-eastwestgateway';
    const where = `east-west gateway '${this.name}'`;
    this.namespace = props.namespace ?? 'istio-eastwest';
    const network = requireNetwork(where, props.mesh);
    const proxies = new GatewayProxies(this, {
      kind: 'east-west gateway',
      mesh: props.mesh,
      name: this.name,
      namespace: this.namespace,
      replicas: props.replicas ?? 2,
      ports: [['tls', CROSS_NETWORK_PORT]],
      serviceType: 'LoadBalancer',
      readsSecrets: true,
      // by this label of the Service istiod finds the gateway of the network
      labels: { [NETWORK_LABEL]: network },
      // it sends to pods of its own network only, or a call would go round
      env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }],
    });
    this.workload = proxies.workload;
    Border.of(props.mesh).addGateway(this.workload);
    this.deployment = proxies.deployment;
    this.service = proxies.service;
    if (props.dnsName) {
      requireReachableHost(`${where}: dnsName`, props.dnsName);
      Object.entries(externalDns(props.dnsName)).forEach(([key, value]) => this.service.metadata.addAnnotation(key, value));
    }
    this.addSteps(props);
    this.gateway = this.defineGateway(where, proxies.selector, props);
    defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name: this.name,
      namespace: this.namespace,
      // who may call whom is decided by the called workload, which is the one that ends mutual TLS
      spec: { action: 'ALLOW', selector: { matchLabels: proxies.selector }, rules: [{ to: [{ operation: { ports: [String(CROSS_NETWORK_PORT)] } }] }] },
    });
  }

  /**
   * The identity of the gateway.
   */
  public get identity(): WorkloadIdentity {
    return this.workload.identity;
  }

  private addSteps({ dnsName }: EastWestGatewayProps): void {
    const platform = Platform.of(this);
    platform.addStepAfter(Stage.GATEWAYS, {
      purpose: 'Wait for the east-west gateway',
      command: `kubectl -n ${this.namespace} rollout status deployment/${this.name} --timeout=5m`,
      expected: `deployment "${this.name}" successfully rolled out`,
    });
    platform.addStepAfter(Stage.GATEWAYS, {
      purpose: dnsName ? `See its address: ${dnsName} has to lead there from the other clusters` : 'See its address, at which other clusters call',
      command: `kubectl -n ${this.namespace} get service ${this.name} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}{"\\n"}'`,
      expected: dnsName ? `an address, which \`nslookup ${dnsName}\` answers, too` : 'an address',
    });
  }

  private defineGateway(where: string, selector: { [key: string]: string }, { hosts, mesh }: EastWestGatewayProps): ApiObject {
    requireFilled(where, 'hosts', hosts);
    return defineIstioObject(this, Stage.GATEWAYS, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      name: 'cross-network',
      namespace: this.namespace,
      spec: {
        selector,
        servers: [{
          port: { number: CROSS_NETWORK_PORT, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH' },
          hosts: (hosts ?? [`*.${mesh.cluster.clusterDomain}`]).map((host) => fullHost(this, where, host, this.namespace, true)),
        }],
      },
    });
  }
}

function requireNetwork(where: string, mesh: IMesh): string {
  if (mesh.network === undefined) {
    throw new Error(`${where} leads into a mesh without a network, so other clusters could not tell its pods from their own: give IstioMesh a network`);
  }
  return mesh.network;
}

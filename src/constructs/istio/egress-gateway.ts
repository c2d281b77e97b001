import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayProxies } from './gateway-proxies';
import { IMesh } from './mesh';
import { EGRESS_LABEL } from './mesh-identities';
import { IMeshPeer, MeshWorkload } from './mesh-workload';
import { WorkloadIdentity } from '../../identity';
import { requireProps } from '../../identity/require-props';

/**
 * The port of an egress gateway for TLS that callers begin themselves.
 */
export const EGRESS_TLS_PORT = 8443;

/**
 * The port of an egress gateway for HTTP, to whose hosts the gateway begins TLS.
 */
export const EGRESS_HTTP_PORT = 8080;

/**
 * What an egress gateway is.
 */
export interface EgressGatewayProps {
  /**
   * The mesh that it leads out of.
   */
  readonly mesh: IMesh;

  /**
   * The name of the gateway: of its Deployment, Service and service account.
   *
   * @default - `istio-egressgateway`
   */
  readonly name?: string;

  /**
   * The namespace of the gateway, which it defines and does not share.
   *
   * @default - `istio-egress`
   */
  readonly namespace?: string;

  /**
   * How many proxies run.
   *
   * @default - 2
   */
  readonly replicas?: number;
}

/**
 * A gateway out of the mesh: the one place from which hosts outside are called, with an identity of its own.
 *
 * Callers prove their identity to it by mutual TLS, so that it lets through only those that an access policy allows, host by host:
 * `access.allowEgress({ source, hosts, gateway })`. It takes nothing from outside the cluster.
 *
 * Throws for less than two replicas.
 */
export class EgressGateway extends Construct implements IMeshPeer {
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
   * The labels that select the pods of this gateway.
   */
  public readonly selector: { [key: string]: string };

  /**
   * The full DNS name of its Service.
   */
  public readonly host: string;

  /**
   * The Deployment.
   */
  public readonly deployment: ApiObject;

  /**
   * The Service.
   */
  public readonly service: ApiObject;

  /**
   * The PodDisruptionBudget.
   */
  public readonly podDisruptionBudget: ApiObject;

  public constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    super(scope, id);
    requireProps(`EgressGateway '${id}'`, props, { mesh: 'IMesh' });
    this.name = props.name ?? 'istio-egressgateway';
    this.namespace = props.namespace ?? 'istio-egress';
    const proxies = new GatewayProxies(this, {
      kind: 'egress gateway',
      mesh: props.mesh,
      name: this.name,
      namespace: this.namespace,
      replicas: props.replicas ?? 2,
      ports: [['tls', EGRESS_TLS_PORT], ['http2', EGRESS_HTTP_PORT]],
      serviceType: 'ClusterIP',
      // it shows its SVID to callers, and no certificate to hosts
      readsSecrets: false,
      labels: { [EGRESS_LABEL]: 'true' },
    });
    this.host = props.mesh.cluster.serviceHost(this.name, this.namespace);
    this.selector = proxies.selector;
    this.workload = proxies.workload;
    this.deployment = proxies.deployment;
    this.service = proxies.service;
    this.podDisruptionBudget = proxies.podDisruptionBudget;
  }

  /**
   * The identity of the gateway.
   */
  public get identity(): WorkloadIdentity {
    return this.workload.identity;
  }
}

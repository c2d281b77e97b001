import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayProxies } from './gateway-proxies';
import { defineIstioObject } from './istio-object';
import { IMesh } from './mesh';
import { IMeshPeer, MeshWorkload } from './mesh-workload';
import { Stage } from '../../delivery';
import { WorkloadIdentity } from '../../identity';
import { requireProps } from '../../identity/require-props';

/**
 * What an ingress gateway is.
 */
export interface IngressGatewayProps {
  /**
   * The mesh that it leads into.
   */
  readonly mesh: IMesh;

  /**
   * The name of the gateway: of its Deployment, Service and service account.
   *
   * @default - `istio-ingressgateway`
   */
  readonly name?: string;

  /**
   * The namespace of the gateway, which it defines and does not share. Certificates for its hosts are Secrets in it.
   *
   * @default - `istio-ingress`
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
 * A gateway into the mesh: proxies with an identity of their own, behind a load balancer, in a restricted namespace.
 *
 * It takes requests on ports 80 and 443; hosts and certificates are those of the Gateways that name it.
 */
export class IngressGateway extends Construct implements IMeshPeer {
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

  /**
   * The AuthorizationPolicy that lets requests in on the gateway's ports.
   */
  public readonly authorizationPolicy: ApiObject;

  public constructor(scope: Construct, id: string, props: IngressGatewayProps) {
    super(scope, id);
    requireProps(`IngressGateway '${id}'`, props, { mesh: 'IMesh' });
    this.name = props.name ?? 'istio-ingressgateway';
    this.namespace = props.namespace ?? 'istio-ingress';
    const proxies = new GatewayProxies(this, {
      kind: 'ingress gateway',
      mesh: props.mesh,
      name: this.name,
      namespace: this.namespace,
      replicas: props.replicas ?? 2,
      ports: [['http2', 80], ['https', 443]],
      serviceType: 'LoadBalancer',
      readsSecrets: true,
    });
    this.selector = proxies.selector;
    this.workload = proxies.workload;
    this.deployment = proxies.deployment;
    this.service = proxies.service;
    this.podDisruptionBudget = proxies.podDisruptionBudget;
    this.authorizationPolicy = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name: this.name,
      namespace: this.namespace,
      spec: { action: 'ALLOW', selector: { matchLabels: this.selector }, rules: [{ to: [{ operation: { ports: ['80', '443'] } }] }] },
    });
  }

  /**
   * The identity of the gateway.
   */
  public get identity(): WorkloadIdentity {
    return this.workload.identity;
  }
}

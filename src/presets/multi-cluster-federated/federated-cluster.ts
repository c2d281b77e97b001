import { Construct } from 'constructs';
import { networkOf } from './network';
import { Cluster, IstioVersion } from '../../cluster';
import { AccessEnforcer } from '../../constructs/access';
import {
  EastWestGateway, IngressGateway, IstioMesh, MeshNamespace, RemoteSecretStore,
} from '../../constructs/istio';
import { NetworkPeer } from '../../constructs/network';
import { BundleEndpoint, Spire, SpireProps } from '../../constructs/spire';
import { Platform } from '../../delivery';
import { requireProps } from '../../identity/require-props';
import { allowCalls, allowPrometheus } from '../bookinfo/access';
import { BOOKINFO_NAMESPACE } from '../bookinfo/entrance';
import { BookinfoWorkloads, defineWorkloads } from '../bookinfo/workloads';

/**
 * One cluster of the federation.
 */
export interface FederatedClusterOptions {
  /**
   * The cluster, with a trust domain of its own.
   */
  readonly cluster: Cluster;

  /**
   * The region of its nodes, as their label `topology.kubernetes.io/region` says.
   */
  readonly region: string;

  /**
   * How SPIRE runs.
   *
   * @default - one server with SQLite and a bundle endpoint (https_spiffe) at `spire-bundle.` and the trust domain
   */
  readonly spire?: SpireProps;

  /**
   * The layers that enforce who may call whom, of this cluster alone: an enforcer serves one mesh.
   *
   * @default - the proxies (Istio), and the network (NetworkPolicy) with DNS as `spire.networkPolicies` says
   */
  readonly accessEnforcers?: AccessEnforcer[];

  /**
   * The DNS name that leads to the east-west gateway from the other clusters.
   *
   * @default - `east-west.` and the trust domain
   */
  readonly eastWestAddress?: string;

  /**
   * The DNS name under which Bookinfo is reached from outside.
   *
   * @default - `bookinfo.` and the trust domain
   */
  readonly host?: string;

  /**
   * The Secret with the certificate of the host, in the namespace of the ingress gateway.
   *
   * @default - `bookinfo-tls`
   */
  readonly tlsSecretName?: string;

  /**
   * Where the External Secrets Operator of the other clusters finds the credentials with which istiod reads this one.
   *
   * @default - none: VERIFY.md tells the command of istioctl
   */
  readonly remoteSecretStore?: RemoteSecretStore;
}

/**
 * One cluster of the federation, with what is the same in each.
 */
export interface FederatedClusterProps extends FederatedClusterOptions {
  /**
   * The name of the mesh that the clusters make.
   */
  readonly meshId: string;

  /**
   * The release of Istio.
   *
   * @default - `IstioVersion.V1_30`
   */
  readonly istioVersion?: IstioVersion;

  /**
   * The namespace of Prometheus, whose pods may read the metrics of all workloads and, unless `spire.networkPolicies` names others, of SPIRE.
   *
   * @default - `monitoring`
   */
  readonly prometheusNamespace?: string;
}

/**
 * A cluster of the federation: SPIRE, mesh, gateways and Bookinfo. `MultiClusterFederated` defines each, and what is between them.
 */
export class FederatedCluster extends Platform {
  /**
   * SPIRE in the cluster.
   */
  public readonly spire: Spire;

  /**
   * The mesh.
   */
  public readonly mesh: IstioMesh;

  /**
   * The gateway for users.
   */
  public readonly ingress: IngressGateway;

  /**
   * The gateway for workloads of the other clusters.
   */
  public readonly eastWest: EastWestGateway;

  /**
   * The DNS name that leads to the east-west gateway from the other clusters.
   */
  public readonly eastWestAddress: string;

  /**
   * The namespace of Bookinfo, the same in each cluster: only then does a Service fail over.
   */
  public readonly namespace: string;

  /**
   * @internal
   */
  public readonly _workloads: BookinfoWorkloads;

  /**
   * @internal
   */
  public readonly _enforcers: AccessEnforcer[];

  public constructor(scope: Construct, id: string, props: FederatedClusterProps) {
    requireProps(`FederatedCluster '${id}'`, props, { cluster: 'Cluster', region: 'text', meshId: 'text' });
    super(scope, id, { cluster: props.cluster });
    const { trustDomain } = props.cluster;
    const bundleEndpoint = props.spire?.server?.bundleEndpoint ?? BundleEndpoint.httpsSpiffe({ host: `spire-bundle.${trustDomain}` });
    this.eastWestAddress = props.eastWestAddress ?? `east-west.${trustDomain}`;
    const prometheusNamespace = props.prometheusNamespace ?? 'monitoring';
    this.spire = new Spire(this, 'spire', {
      ...props.spire,
      server: { ...props.spire?.server, bundleEndpoint },
      networkPolicies: { metricsReaders: [NetworkPeer.pods(prometheusNamespace)], ...props.spire?.networkPolicies },
    });
    this.mesh = new IstioMesh(this, 'mesh', {
      spire: this.spire,
      version: props.istioVersion,
      meshId: props.meshId,
      network: networkOf(props.cluster),
      // names of services that exist in the other cluster only
      additionalMeshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } },
    });
    this.namespace = new MeshNamespace(this, BOOKINFO_NAMESPACE).name;
    this.ingress = new IngressGateway(this, 'ingress', { mesh: this.mesh });
    this.eastWest = new EastWestGateway(this, 'east-west', {
      mesh: this.mesh, hosts: [`*.${this.namespace}.svc.${props.cluster.clusterDomain}`], dnsName: this.eastWestAddress,
    });
    this._workloads = defineWorkloads(this, this.mesh, this.namespace);
    const { dns, dnsPort } = props.spire?.networkPolicies ?? {};
    this._enforcers = props.accessEnforcers ?? [AccessEnforcer.istio(), AccessEnforcer.networkPolicy({ dns, dnsPort })];
    allowPrometheus(allowCalls(this, this.mesh, this.ingress, this._workloads, this._enforcers), this.mesh, prometheusNamespace);
  }
}

import { Construct } from 'constructs';
import { Cluster, IstioVersion } from '../cluster';
import { AccessEnforcer } from '../constructs/access';
import { IngressGateway, IstioMesh, MeshNamespace, TracingOptions } from '../constructs/istio';
import { NetworkPeer } from '../constructs/network';
import { MeshMonitoring } from '../constructs/observability';
import { Spire, SpireProps } from '../constructs/spire';
import { Platform } from '../delivery';
import { allowCalls, allowPrometheus } from './bookinfo/access';
import { collectorOf } from './bookinfo/collector';
import { BOOKINFO_NAMESPACE, entrance } from './bookinfo/entrance';
import { addBookinfoChecks, addNetworkCheck } from './bookinfo/rollout-checks';
import { routeTraffic } from './bookinfo/traffic';
import { defineWorkloads } from './bookinfo/workloads';
import { requireProps } from '../identity/require-props';

/**
 * A zero-trust platform with Bookinfo on it.
 */
export interface BookinfoZeroTrustProps {
  /**
   * The cluster that takes the manifests.
   */
  readonly cluster: Cluster;

  /**
   * The DNS name under which Bookinfo is reached from outside.
   *
   * @default - `bookinfo.` and the name of the trust domain
   */
  readonly host?: string;

  /**
   * The Secret with the certificate of the host (type `kubernetes.io/tls`), in the namespace of the ingress gateway.
   *
   * @default - `bookinfo-tls`
   */
  readonly tlsSecretName?: string;

  /**
   * How SPIRE runs.
   *
   * @default - one server with SQLite, and agents that verify the kubelet
   */
  readonly spire?: SpireProps;

  /**
   * The release of Istio.
   *
   * @default - `IstioVersion.V1_30`
   */
  readonly istioVersion?: IstioVersion;

  /**
   * Where the proxies send their traces.
   *
   * @default - no traces
   */
  readonly tracing?: TracingOptions;

  /**
   * The layers that enforce who may call whom.
   *
   * @default - the proxies (Istio), and the network (NetworkPolicy) with DNS as `spire.networkPolicies` says
   */
  readonly accessEnforcers?: AccessEnforcer[];

  /**
   * The namespace of Prometheus, whose pods may read the metrics of all workloads and, unless `spire.networkPolicies` names others, of SPIRE.
   *
   * @default - `monitoring`
   */
  readonly prometheusNamespace?: string;

  /**
   * Labels by which Prometheus finds the recording rules and alerts, such as `release: kube-prometheus-stack`.
   *
   * @default - no further labels, for a Prometheus that takes all rules
   */
  readonly ruleLabels?: { [key: string]: string };
}

/**
 * SPIRE, an Istio mesh whose every proxy has its identity from SPIRE, and Bookinfo on it.
 *
 * Mutual TLS is strict, all is denied by default, each workload has one policy that names its callers, and the network lets nothing else through.
 *
 * A whole platform in one construct, and the pattern for your own: each part of it is a public construct.
 */
export class BookinfoZeroTrust extends Platform {
  /**
   * SPIRE in the cluster.
   */
  public readonly spire: Spire;

  /**
   * The mesh.
   */
  public readonly mesh: IstioMesh;

  /**
   * The gateway into the mesh.
   */
  public readonly ingress: IngressGateway;

  public constructor(scope: Construct, id: string, props: BookinfoZeroTrustProps) {
    requireProps(`BookinfoZeroTrust '${id}'`, props, { cluster: 'Cluster' });
    super(scope, id, { cluster: props.cluster });
    const prometheusNamespace = props.prometheusNamespace ?? 'monitoring';
    this.spire = new Spire(this, 'spire', {
      ...props.spire,
      networkPolicies: { metricsReaders: [NetworkPeer.pods(prometheusNamespace)], ...props.spire?.networkPolicies },
    });
    this.mesh = new IstioMesh(this, 'mesh', { spire: this.spire, version: props.istioVersion, tracing: props.tracing });
    this.ingress = new IngressGateway(this, 'ingress', { mesh: this.mesh });

    const namespace = new MeshNamespace(this, BOOKINFO_NAMESPACE).name;
    const outside = { namespace, ingress: this.ingress, ...entrance(props.cluster.trustDomain, props) };
    const workloads = defineWorkloads(this, this.mesh, namespace);
    const { dns, dnsPort } = props.spire?.networkPolicies ?? {};
    const network = AccessEnforcer.networkPolicy({ dns, dnsPort, sharedServices: collectorOf(props.tracing) });
    const access = allowCalls(this, this.mesh, this.ingress, workloads, props.accessEnforcers ?? [AccessEnforcer.istio(), network]);
    allowPrometheus(access, this.mesh, prometheusNamespace);
    routeTraffic(this, outside);
    new MeshMonitoring(this, 'monitoring', { mesh: this.mesh, ruleLabels: props.ruleLabels });
    addBookinfoChecks(this, { ...outside, workloads });
    addNetworkCheck(this, namespace, workloads);
  }
}

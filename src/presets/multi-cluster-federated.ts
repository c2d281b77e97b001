import { Construct } from 'constructs';
import { IstioVersion } from '../cluster';
import { allowCallsBetween } from './bookinfo/access';
import { entrance } from './bookinfo/entrance';
import { addBookinfoChecks, addNetworkCheck } from './bookinfo/rollout-checks';
import { BOOKINFO_PORT } from './bookinfo/service';
import { routeTraffic } from './bookinfo/traffic';
import { failoverPolicies, servicesOf } from './multi-cluster-federated/failover';
import { FederatedCluster, FederatedClusterOptions } from './multi-cluster-federated/federated-cluster';
import { networkOf } from './multi-cluster-federated/network';
import { addFederationChecks } from './multi-cluster-federated/rollout-checks';
import { AccessPolicy } from '../constructs/access';
import { Federation, FederationMonitoring } from '../constructs/federation';
import { RemoteSecret, RemoteService } from '../constructs/istio';
import { MeshMonitoring } from '../constructs/observability';
import { requireProps } from '../identity/require-props';

/**
 * Bookinfo over several clusters, each with a trust domain of its own.
 */
export interface MultiClusterFederatedProps {
  /**
   * The clusters, two or more.
   */
  readonly clusters: FederatedClusterOptions[];

  /**
   * The name of the mesh that they make.
   *
   * @default - `mesh`
   */
  readonly meshId?: string;

  /**
   * The release of Istio: 1.29.2 or newer.
   *
   * @default - `IstioVersion.V1_30`
   */
  readonly istioVersion?: IstioVersion;

  /**
   * The namespace of Prometheus in each cluster.
   *
   * Its pods may read the metrics of all workloads and, unless `spire.networkPolicies` of a cluster names others, of SPIRE.
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
 * Two clusters or more, each with SPIRE, a trust domain and Bookinfo of its own, that call each other with mutual TLS through east-west gateways.
 *
 * Services fail over to the next cluster of the list; each call over the border has a rule that names caller and called workload.
 * The pattern for your own: each part of it is a public construct.
 *
 * Throws for less than two clusters, for clusters of one name, trust domain, network or address, for two of one region, for clusters of different
 * cluster domains, and for Istio before 1.29.2.
 */
export class MultiClusterFederated extends Construct {
  /**
   * The clusters, in the order in which they were given.
   */
  public readonly clusters: FederatedCluster[];

  /**
   * The trust between them.
   */
  public readonly federation: Federation;

  public constructor(scope: Construct, id: string, props: MultiClusterFederatedProps) {
    super(scope, id);
    requireProps(`MultiClusterFederated '${id}'`, props, { clusters: 'FederatedClusterOptions[]' });
    requireRegions(props.clusters);
    requireNames(props.clusters);
    const shared = { meshId: props.meshId ?? 'mesh', istioVersion: props.istioVersion, prometheusNamespace: props.prometheusNamespace };
    this.clusters = props.clusters.map((cluster, index) => new FederatedCluster(this, `cluster-${index}`, { ...cluster, ...shared }));
    this.federation = new Federation(this, 'federation', { members: this.clusters.map(({ spire, mesh }) => ({ spire, mesh })) });
    this.clusters.forEach((cluster, index) => this.define(cluster, props.clusters[index], props));
  }

  private define(platform: FederatedCluster, own: FederatedClusterOptions, props: MultiClusterFederatedProps): void {
    const { mesh, spire, ingress, namespace, _workloads: workloads, _enforcers: enforcers } = platform;
    const regions = this.clusters.map((one, index) => ({ region: props.clusters[index].region, workloads: one._workloads }));
    const others = this.clusters.filter((one) => one !== platform);
    const outside = { namespace, ingress, ...entrance(platform.cluster.trustDomain, own) };
    const access = new AccessPolicy(platform, 'access-from-other-clusters', { mesh, federatedMeshes: others.map((other) => other.mesh), enforcers });
    others.forEach((other) => allowCallsBetween(access, other._workloads, workloads));
    routeTraffic(platform, { ...outside, policies: failoverPolicies(regions[this.clusters.indexOf(platform)], regions) });
    new MeshMonitoring(platform, 'monitoring', { mesh, ruleLabels: props.ruleLabels });
    new FederationMonitoring(platform, 'federation-monitoring', { federation: this.federation, spire, ruleLabels: props.ruleLabels });
    addBookinfoChecks(platform, { ...outside, workloads });
    addNetworkCheck(platform, namespace, workloads);
    others.forEach((other) => this.reach(platform, other, props.clusters[this.clusters.indexOf(other)]));
  }

  /**
   * Lets a cluster find the workloads of another: all of them for failover, details also by a name of its own.
   */
  private reach(platform: FederatedCluster, other: FederatedCluster, { remoteSecretStore }: FederatedClusterOptions): void {
    const { name } = other.cluster;
    new RemoteSecret(platform, `remote-secret-${name}`, { mesh: platform.mesh, remoteMesh: other.mesh, store: remoteSecretStore });
    const { host } = new RemoteService(platform, `details-${name}`, {
      mesh: platform.mesh,
      remoteMesh: other.mesh,
      service: 'details',
      port: BOOKINFO_PORT,
      workloads: servicesOf(other._workloads).details,
      gatewayAddress: other.eastWestAddress,
      namespace: platform.namespace,
    });
    addFederationChecks(platform, other, host);
  }
}

function requireRegions(clusters: FederatedClusterOptions[]): void {
  const regions = clusters.map(({ region }) => region);
  const nowhere = clusters.find(({ region }) => !/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(region));
  if (nowhere) {
    throw new Error(`cluster '${nowhere.cluster.name}' has region '${nowhere.region}', which no label of a node can have: `
      + 'use that of the label topology.kubernetes.io/region of its nodes');
  }
  const repeated = regions.find((region, index) => regions.indexOf(region) !== index);
  if (repeated !== undefined) {
    throw new Error(`two clusters are in region '${repeated}', so a service could not tell where to fail over to: give each its own, `
      + 'as the label topology.kubernetes.io/region of its nodes says');
  }
}

/**
 * Names that differ only in what a network or a Secret cannot have in its name are one.
 */
function requireNames(clusters: FederatedClusterOptions[]): void {
  clusters.forEach(({ cluster, eastWestAddress }, index) => {
    const before = clusters.slice(0, index);
    const alike = before.find((other) => networkOf(other.cluster) === networkOf(cluster) && other.cluster.name !== cluster.name);
    if (alike) {
      throw new Error(`clusters '${alike.cluster.name}' and '${cluster.name}' would have one network '${networkOf(cluster)}': rename one`);
    }
    const same = before.find((other) => eastWestAddress !== undefined && other.eastWestAddress === eastWestAddress);
    if (same) {
      throw new Error(`clusters '${same.cluster.name}' and '${cluster.name}' have one eastWestAddress '${eastWestAddress}', so calls could end in either: give each its own`);
    }
  });
}

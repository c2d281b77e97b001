import { Duration } from 'cdk8s';
import {
  AccessEnforcer, AccessPolicy, BundleBootstrap, BundleEndpoint, BundleEndpointCertificate, Cluster, EastWestGateway, Federation,
  FederationMonitoring, FederationTopology, GitOpsApp, IstioMesh, MeshNamespace, MeshWorkload, Platform, RemoteService, SecretRef, Spire, Stage,
  TrustDomain,
} from 'cdk8s-spiffe';
import { defineHttpServer } from '../workload';

const PORT = 8080;

/**
 * A cluster with SPIRE, a mesh of its own, and one workload that others call.
 */
class ShopCluster extends Platform {
  public readonly spire: Spire;
  public readonly mesh: IstioMesh;
  public readonly workload: MeshWorkload;
  private readonly enforcers = [AccessEnforcer.istio(), AccessEnforcer.networkPolicy()];

  public constructor(app: GitOpsApp, name: string, bundleEndpoint: BundleEndpoint, readonly service: string) {
    super(app, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) }) });
    this.spire = new Spire(this, 'spire', { server: { bundleEndpoint } });
    this.mesh = new IstioMesh(this, 'mesh', {
      spire: this.spire,
      network: name,
      additionalMeshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } },
    });
    const namespace = new MeshNamespace(this, 'shop').name;
    const host = this.cluster.serviceHost(service, namespace);
    new EastWestGateway(this, 'east-west', { mesh: this.mesh, hosts: [host], dnsName: this.eastWestAddress });
    this.workload = this.mesh.enroll(defineHttpServer(this.chart(Stage.APPS, service), namespace, service, PORT));
    const access = new AccessPolicy(this, 'access', { mesh: this.mesh, enforcers: this.enforcers });
    this.mesh.workloads.forEach((workload) => access.allowMetrics({ workload, readerNamespace: 'monitoring' }));
  }

  public get eastWestAddress(): string {
    return `east-west.${this.cluster.trustDomain}`;
  }

  /**
   * The workload of this cluster may call that of the other one.
   */
  public calls(other: ShopCluster): void {
    new AccessPolicy(other, `access-from-${this.cluster.name}`, { mesh: other.mesh, federatedMeshes: [this.mesh], enforcers: other.enforcers })
      .allow({ source: this.workload, destination: other.workload, port: PORT, methods: ['GET'] });
    new RemoteService(this, `remote-${other.cluster.name}`, {
      mesh: this.mesh,
      remoteMesh: other.mesh,
      service: other.service,
      port: PORT,
      workloads: [other.workload],
      gatewayAddress: other.eastWestAddress,
      namespace: 'shop',
    });
  }
}

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });

// the hub has a certificate of the web, so that a new spoke needs nothing of it; a spoke answers the hub's addresses only
const hub = new ShopCluster(app, 'hub', BundleEndpoint.httpsWeb({
  host: 'spire-bundle.hub.example.org',
  certificate: BundleEndpointCertificate.secret(SecretRef.of('bundle-endpoint-tls')),
  refreshHint: Duration.minutes(10),
}), 'orders');
const spokes = ['north', 'east', 'south', 'west'].map((name) =>
  new ShopCluster(app, name, BundleEndpoint.httpsSpiffe({ host: `spire-bundle.${name}.example.org`, allowedCidrs: ['203.0.113.0/28'] }), 'stock'));

const federation = new Federation(app, 'federation', {
  members: [
    { spire: hub.spire, mesh: hub.mesh },
    // operators of a spoke leave its first bundle in a ConfigMap of the hub
    ...spokes.map(({ spire, mesh, cluster }) => ({
      spire, mesh, bootstrap: BundleBootstrap.configMap({ name: `bundle-${cluster.name}`, namespace: 'spire-server', key: 'bundle.spiffe' }),
    })),
  ],
  topology: FederationTopology.hubAndSpoke(hub.spire),
});

for (const spoke of spokes) {
  spoke.calls(hub);
}
hub.calls(spokes[0]);
for (const cluster of [hub, ...spokes]) {
  new FederationMonitoring(cluster, 'federation-monitoring', { federation, spire: cluster.spire });
}

app.synth();
console.log(app.summary.toString());

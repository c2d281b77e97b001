import {
  AccessEnforcer, AccessPolicy, AccessSource, BundleBootstrap, BundleEndpoint, Cluster, EastWestGateway, Federation, FederationMonitoring,
  FederationPartner, GitOpsApp, IstioMesh, MeshNamespace, PartnerService, Platform, Spire, SpiffeId, Stage, TrustDomain,
} from 'cdk8s-spiffe';
import { defineHttpServer } from '../workload';

const PORT = 8080;

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });
const cluster = Cluster.of({ name: 'shop', trustDomain: TrustDomain.of('shop.example.org') });
const platform = new Platform(app, 'shop', { cluster });
// only the partner may fetch the bundle, from addresses that it has told
const bundleEndpoint = BundleEndpoint.httpsSpiffe({ host: 'spire-bundle.shop.example.org', allowedCidrs: ['203.0.113.0/28'] });
const spire = new Spire(platform, 'spire', { server: { bundleEndpoint } });
const mesh = new IstioMesh(platform, 'mesh', { spire, network: 'shop' });
const namespace = new MeshNamespace(platform, 'shop').name;

const [orders, checkout] = ['orders', 'checkout'].map((name) => mesh.enroll(defineHttpServer(platform.chart(Stage.APPS, name), namespace, name, PORT)));

// another company: its side is defined by nobody here, and told in FEDERATE.md
const acme = FederationPartner.httpsSpiffe({
  trustDomain: TrustDomain.of('acme.example'),
  bundleEndpointUrl: 'https://spiffe.acme.example',
  bootstrap: BundleBootstrap.configMap({ name: 'bundle-acme', namespace: 'spire-server', key: 'bundle.spiffe' }),
});
const federation = new Federation(app, 'federation', { members: [{ spire, mesh }], partners: [acme] });
new FederationMonitoring(platform, 'federation-monitoring', { federation, spire });

// its billing asks for orders, and anybody there for the status, through a gateway that leaves TLS as it is
new EastWestGateway(platform, 'east-west', { mesh, hosts: [cluster.serviceHost('orders', namespace)], dnsName: 'partners.shop.example.org' });
const enforcers = [AccessEnforcer.istio(), AccessEnforcer.networkPolicy()];
const access = new AccessPolicy(platform, 'access', { mesh, federatedTrustDomains: [acme.trustDomain], enforcers });
const get = { destination: orders, port: PORT, methods: ['GET'] };
access.allow({ ...get, source: AccessSource.identity(SpiffeId.of(acme.trustDomain, 'billing', 'api')), paths: ['/orders/*'] });
access.allow({ ...get, source: AccessSource.trustDomain(acme.trustDomain), paths: ['/status'] });

// our checkout asks its payments
new PartnerService(platform, 'payments', {
  mesh,
  partner: acme,
  host: 'payments.acme.example',
  port: 8443,
  identities: [SpiffeId.of(acme.trustDomain, 'payments')],
  callers: [checkout],
  namespace,
});

app.synth();
console.log(app.summary.toString());

import { ApiObject } from 'cdk8s';
import { AccessPolicy, BundleEndpoint, Cluster, EnvoyMesh, EnvoySidecar, Federation, GitOpsApp, Platform, Spire, Stage, TrustDomain } from 'cdk8s-spiffe';
import { defineDeployment } from '../workload';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });

function define(name: string) {
  const cluster = Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) });
  const platform = new Platform(app, name, { cluster });
  const spire = new Spire(platform, 'spire', { server: { bundleEndpoint: BundleEndpoint.httpsSpiffe({ host: `spire-bundle.${name}.example.org` }) } });
  new ApiObject(platform.chart(Stage.NAMESPACES, 'shop'), 'namespace', {
    apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
  return { platform, spire, mesh: new EnvoyMesh(platform, 'mesh', { spire }) };
}

// the application listens on 127.0.0.1 and knows nothing of TLS
function deployment(platform: Platform, name: string): ApiObject {
  return defineDeployment(platform.chart(Stage.APPS, name), 'shop', { name, image: `registry.example.org/shop/${name}:1.0.0` });
}

const [eu, us] = ['eu', 'us'].map(define);
new Federation(app, 'federation', { members: [{ spire: eu.spire }, { spire: us.spire }] });

const orders = new EnvoySidecar(eu.platform, 'orders', {
  mesh: eu.mesh, workload: deployment(eu.platform, 'orders'), inbound: [{ port: 8443, applicationPort: 8080 }],
});
const web = new EnvoySidecar(us.platform, 'web', {
  mesh: us.mesh,
  workload: deployment(us.platform, 'web'),
  upstreams: [{ name: 'orders', localPort: 9001, host: 'orders.eu.example.org', port: 8443, spiffeId: orders.identity.spiffeId }],
});

const access = new AccessPolicy(eu.platform, 'access', { mesh: eu.mesh, federatedMeshes: [us.mesh] });
access.allow({ source: web, destination: orders.workload, port: 8443, methods: ['GET'] });

app.synth();
console.log(app.summary.toString());

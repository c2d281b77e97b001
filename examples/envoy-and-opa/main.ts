import { ApiObject } from 'cdk8s';
import {
  AccessEnforcer, AccessPolicy, Cluster, EnvoyMesh, EnvoySidecar, ExternalAuthorization, GitOpsApp, OpaPolicyConfigMap, Platform, Spire, Stage,
  TrustDomain,
} from 'cdk8s-spiffe';
import { Container, defineDeployment, defineService } from '../workload';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });
const cluster = Cluster.of({ name: 'edge', trustDomain: TrustDomain.of('example.org') });
const platform = new Platform(app, 'edge', { cluster });
const spire = new Spire(platform, 'spire');
const mesh = new EnvoyMesh(platform, 'mesh', { spire });

new ApiObject(platform.chart(Stage.NAMESPACES, 'shop'), 'namespace', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
});

// the application listens on 127.0.0.1 and knows nothing of TLS
function deployment(name: string, more: Partial<Container> = {}): ApiObject {
  const chart = platform.chart(Stage.APPS, name);
  defineService(chart, 'shop', name, { name: 'https', port: 8443 });
  return defineDeployment(chart, 'shop', { name, image: `registry.example.org/shop/${name}:1.0.0`, ...more });
}

const policy = OpaPolicyConfigMap.of({ name: 'orders-policy', namespace: 'shop' });
const orders = new EnvoySidecar(platform, 'orders', {
  mesh,
  // the kubelet does not get to 127.0.0.1 in the pod: the proxy hands its probe on
  workload: deployment('orders', { readinessProbe: { httpGet: { path: '/healthz', port: 8080 } } }),
  inbound: [{ port: 8443, applicationPort: 8080 }],
  authorization: ExternalAuthorization.opa({ policy }),
});

// it calls http://127.0.0.1:9001, which is orders and nobody else
const web = new EnvoySidecar(platform, 'web', {
  mesh,
  workload: deployment('web'),
  upstreams: [{ name: 'orders', localPort: 9001, host: cluster.serviceHost('orders', 'shop'), port: 8443, spiffeId: orders.identity.spiffeId }],
});

const access = new AccessPolicy(platform, 'access', {
  mesh,
  enforcers: [AccessEnforcer.envoyRbac(), AccessEnforcer.opa({ policy })],
});
access.allow({ source: web, destination: orders.workload, port: 8443, methods: ['GET'], paths: ['/orders', '/orders/*'] });

app.synth();
console.log(app.summary.toString());

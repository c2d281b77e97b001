import {
  AccessEnforcer, AccessPolicy, Cluster, EgressGateway, GitOpsApp, IngressGateway, IstioMesh, MeshNamespace, Platform, ServiceEntryProtocol, Spire,
  Stage, TrustDomain,
} from 'cdk8s-spiffe';
import { defineHttpServer } from '../workload';

const PORT = 8080;

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });
const platform = new Platform(app, 'prod', { cluster: Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') }) });
const mesh = new IstioMesh(platform, 'mesh', { spire: new Spire(platform, 'spire') });
const namespace = new MeshNamespace(platform, 'shop').name;
const ingress = new IngressGateway(platform, 'ingress', { mesh });
const egress = new EgressGateway(platform, 'egress', { mesh });
const [web, orders, payments] = ['web', 'orders', 'payments'].map((name) =>
  mesh.enroll(defineHttpServer(platform.chart(Stage.APPS, name), namespace, name, PORT)));

const access = new AccessPolicy(platform, 'access', { mesh, enforcers: [AccessEnforcer.istio(), AccessEnforcer.networkPolicy()] });
access.allow({ source: ingress, destination: web, port: PORT, methods: ['GET'] });
access.allow({ source: web, destination: orders, port: PORT, methods: ['GET', 'POST'], paths: ['/orders*'] });
access.allow({ source: orders, destination: payments, port: PORT, methods: ['POST'], paths: ['/payments'] });
access.deny({ source: web, destination: orders, port: PORT, paths: ['/orders/admin*'] });
access.allow({ source: web, destination: payments, port: PORT, auditOnly: true });
access.audit({ source: web, destination: orders, port: PORT, methods: ['POST'] });
access.allowMetrics({ workload: web, readerNamespace: 'monitoring' });
// payments begins TLS itself; for orders the gateway does, and sees the requests
access.allowEgress({ source: payments, hosts: ['api.bank.example.com'], gateway: egress });
access.allowEgress({ source: orders, hosts: ['rates.example.com'], protocol: ServiceEntryProtocol.HTTP, gateway: egress });

app.synth();
console.log(app.summary.toString());

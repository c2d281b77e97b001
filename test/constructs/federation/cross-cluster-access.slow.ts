import { TestCluster } from './fixture';
import { AccessPolicy, Federation, GitOpsApp, IngressGateway } from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';

function synth(define: (eu: TestCluster, us: TestCluster, app: GitOpsApp) => void, federated = true): Synthesized {
  return Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    define(eu, us, app);
    if (federated) {
      new Federation(app, 'federation', { members: [eu, us].map(({ spire, mesh }) => ({ spire, mesh })) });
    }
  });
}

const allow = (eu: TestCluster, us: TestCluster) =>
  new AccessPolicy(us.platform, 'access', { mesh: us.mesh, federatedMeshes: [eu.mesh] }).allow({ source: eu.web, destination: us.web, port: 8080 });
const in_ = (output: Synthesized, cluster: string, kind: string) => Object.entries(output.objects)
  .filter(([path]) => path.startsWith(`${cluster}/`)).flatMap(([, objects]) => objects).filter((object) => object.kind === kind);

test('the caller is named with its own trust domain, never by namespace or service account, which match any', () => {
  const output = synth(allow);
  const [policy] = in_(output, 'us', 'AuthorizationPolicy').filter((one) => one.spec.rules && one.metadata.namespace === 'shop');
  expect(policy.metadata.name).toBe('web-allow');
  expect(policy.spec).toEqual({
    selector: { matchLabels: { app: 'web' } },
    action: 'ALLOW',
    rules: [{ from: [{ source: { principals: ['eu.example.org/ns/shop/sa/web'] } }], to: [{ operation: { ports: ['8080'] } }] }],
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('both ends federate, each with the other, and nobody else', () => {
  const output = synth((eu, us) => {
    eu.enroll('other');
    allow(eu, us);
  });
  const federating = (cluster: string) => in_(output, cluster, 'ClusterSPIFFEID').filter((one) => one.spec.federatesWith)
    .map((one) => [one.metadata.name, one.spec.federatesWith, one.spec.podSelector.matchLabels, one.spec.namespaceSelector.matchLabels]);
  const labels = { 'app': 'web', 'spiffe.io/spire-managed-identity': 'true', 'cdk8s-spiffe.dev/federated': 'true' };
  const shop = { 'kubernetes.io/metadata.name': 'shop' };
  expect(federating('eu')).toEqual([['istio-federated-shop-web', ['us.example.org'], labels, shop]]);
  expect(federating('us')).toEqual([['istio-federated-shop-web', ['eu.example.org'], labels, shop]]);
});

test('each pod has one identity: those that federate are left out of the common ones', () => {
  const output = synth((eu, us) => {
    eu.enroll('other');
    allow(eu, us);
  });
  const common = in_(output, 'eu', 'ClusterSPIFFEID').filter((one) => !one.spec.federatesWith);
  expect(common.map((one) => [one.metadata.name, one.spec.podSelector.matchExpressions])).toEqual([
    ['istio-sidecars', [{ key: 'istio', operator: 'DoesNotExist' }, { key: 'cdk8s-spiffe.dev/federated', operator: 'DoesNotExist' }]],
    ['istio-gateways', [{ key: 'istio', operator: 'Exists' }, { key: 'cdk8s-spiffe.dev/federated', operator: 'DoesNotExist' }]],
  ]);
  const pods = Object.fromEntries(in_(output, 'eu', 'Deployment').map((one) => [one.metadata.name, one.spec.template.metadata]));
  expect(pods.web.labels).toEqual({
    'app': 'web', 'spiffe.io/spire-managed-identity': 'true', 'sidecar.istio.io/inject': 'true', 'cdk8s-spiffe.dev/federated': 'true',
  });
  expect(pods.web.annotations['inject.istio.io/templates']).toBe('sidecar,spire');
  expect(pods.other.labels).not.toHaveProperty('cdk8s-spiffe.dev/federated');
});

test('a workload that federates with two has one identity with both', () => {
  const output = Synthesized.of((app) => {
    const [hub, east, west] = ['hub', 'east', 'west'].map((name) => new TestCluster(app, name));
    const access = new AccessPolicy(hub.platform, 'access', { mesh: hub.mesh, federatedMeshes: [east.mesh, west.mesh] });
    access.allow({ source: east.web, destination: hub.web, port: 8080 });
    access.allow({ source: west.web, destination: hub.web, port: 8080 });
    access.allow({ source: west.web, destination: hub.web, port: 8080, methods: ['GET'] });
    new Federation(app, 'federation', { members: [hub, east, west].map(({ spire, mesh }) => ({ spire, mesh })) });
  });
  const [identity, ...more] = in_(output, 'hub', 'ClusterSPIFFEID').filter((one) => one.spec.federatesWith);
  expect([identity.spec.federatesWith, more]).toEqual([['east.example.org', 'west.example.org'], []]);
});

test('a gateway may be the caller', () => {
  const output = synth((eu, us) => {
    const ingress = new IngressGateway(eu.platform, 'ingress', { mesh: eu.mesh });
    new AccessPolicy(us.platform, 'access', { mesh: us.mesh, federatedMeshes: [eu.mesh] }).allow({ source: ingress, destination: us.web, port: 8080 });
  });
  expect(in_(output, 'eu', 'ClusterSPIFFEID').map((one) => one.metadata.name)).toContain('istio-federated-istio-ingress-istio-ingressgateway');
});

test('fails for a caller of a mesh that is not named', () => {
  expect(() => synth((eu, us) => new AccessPolicy(us.platform, 'access', { mesh: us.mesh }).allow({ source: eu.web, destination: us.web, port: 8080 })))
    .toThrow('name the mesh of another cluster in federatedMeshes');
});

test('fails when the clusters do not federate', () => {
  expect(() => synth(allow, false)).toThrow("workload 'shop/web' federates with 'us.example.org', which the mesh of cluster 'eu' does not accept: "
    + 'add both clusters to a Federation that goes both ways');
});

test('fails for a federated mesh of the same trust domain', () => {
  expect(() => synth((_eu, us) => new AccessPolicy(us.platform, 'access', { mesh: us.mesh, federatedMeshes: [us.mesh] })))
    .toThrow("federated mesh of cluster 'us' has the own trust domain 'us.example.org'");
});

test('fails to federate what is not enrolled', () => {
  expect(() => synth((eu, us) => us.mesh.federate(eu.web, eu.platform.cluster.trustDomain)))
    .toThrow("'spiffe://eu.example.org/ns/shop/sa/web' is not enrolled in the mesh of cluster 'us', so it cannot federate");
});

test('fails for the own trust domain', () => {
  expect(() => synth((eu) => eu.mesh.acceptTrustDomain(eu.platform.cluster.trustDomain)))
    .toThrow("mesh of cluster 'eu' accepts its own trust domain 'eu.example.org' already: remove it");
});

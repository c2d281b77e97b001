import { AccessEnforcer, AccessPolicy, AccessSource, EastWestGateway, MeshWorkload, TokenIssuer, TrustDomain } from '../../../../src';
import { ciliumAllows } from '../../../support/policies/cilium-policy';
import { networkAllows, NetworkPod } from '../../../support/policies/network-policy';
import { Fixture } from '../../istio/fixture';

const GATEWAY: NetworkPod = {
  namespace: 'istio-eastwest', labels: { 'app.kubernetes.io/name': 'istio-eastwestgateway', 'istio': 'eastwestgateway' },
};
const PARTNER = TrustDomain.of('partner.test');
const pod = (app: string): NetworkPod => ({ namespace: 'shop', labels: { app, version: 'v1' } });

/**
 * `web` and `idle` in one cluster, `orders` and `idle` in another, both closed by a network layer.
 */
class Clusters {
  public readonly here: Fixture;
  public readonly there: Fixture;
  public readonly web: MeshWorkload;
  public readonly orders: MeshWorkload;
  public readonly access: AccessPolicy;

  public constructor(private readonly enforcer: () => AccessEnforcer, networks: (string | undefined)[] = ['eu', 'us']) {
    [this.here, this.there] = networks.map((network, index) => new Fixture({ network, trustDomain: `${index}.example.org` }));
    [this.web] = ['web', 'idle'].map((name) => this.here.mesh.enroll(this.here.deployment(name)));
    [this.orders] = ['orders', 'idle'].map((name) => this.there.mesh.enroll(this.there.deployment(name)));
    this.access = new AccessPolicy(this.there.platform, 'access', {
      mesh: this.there.mesh, federatedMeshes: [this.here.mesh], federatedTrustDomains: [PARTNER], enforcers: [this.enforcer()],
    });
    this.access.denyByDefault('shop');
  }

  public closeCaller(): void {
    new AccessPolicy(this.here.platform, 'access', { mesh: this.here.mesh, enforcers: [this.enforcer()] }).denyByDefault('shop');
  }

  public defineGateway(): void {
    new EastWestGateway(this.there.platform, 'east-west', { mesh: this.there.mesh });
  }

  public allow(): void {
    this.access.allow({ source: this.web, destination: this.orders, port: 8080, methods: ['GET'] });
  }
}

const ORDERS = ['defineGateway closeCaller allow', 'allow closeCaller defineGateway', 'closeCaller allow defineGateway'] as const;
type Step = 'defineGateway' | 'closeCaller' | 'allow';

describe.each([
  ['NetworkPolicy', AccessEnforcer.networkPolicy, networkAllows],
  ['CiliumNetworkPolicy', AccessEnforcer.cilium, ciliumAllows],
] as const)('%s', (kind, enforcer, allows) => {
  const policies = (fixture: Fixture) => fixture.manifests.filter((one) => one.kind === kind);

  test.each(ORDERS)('a caller of another network leaves for its gateway, which hands on what is allowed: %s', (steps) => {
    const clusters = new Clusters(enforcer);
    steps.split(' ').forEach((step) => clusters[step as Step]());
    const [here, there] = [clusters.here, clusters.there].map(policies);
    const out = (app: string, port: number) => allows(here, pod(app), undefined, port);
    expect([out('web', 15443), out('web', 8080), out('web', 443), out('idle', 15443)]).toEqual([true, false, false, false]);
    const into = (from: NetworkPod | undefined, to: NetworkPod | undefined, port: number) => allows(there, from, to, port);
    expect([into(undefined, GATEWAY, 15443), into(undefined, GATEWAY, 8080), into(GATEWAY, pod('orders'), 8080)]).toEqual([true, false, true]);
    expect([into(GATEWAY, pod('idle'), 8080), into(GATEWAY, pod('orders'), 9090), into(GATEWAY, undefined, 443)]).toEqual([false, false, false]);
    // nobody gets past the gateway
    expect([into(undefined, pod('orders'), 8080), into(pod('idle'), pod('orders'), 8080)]).toEqual([false, false]);
  });

  test.each<(string | undefined)[][]>([[['eu', 'eu']], [[undefined, 'us']], [[undefined, undefined]]])('without a network between them (%j) the caller comes itself', (networks) => {
    const clusters = new Clusters(enforcer, networks);
    clusters.closeCaller();
    clusters.allow();
    const [here, there] = [clusters.here, clusters.there].map(policies);
    expect([allows(here, pod('web'), undefined, 8080), allows(here, pod('web'), undefined, 15443)]).toEqual([true, false]);
    expect([allows(there, undefined, pod('orders'), 8080), allows(there, undefined, pod('idle'), 8080)]).toEqual([true, false]);
  });

  test('a token that a gateway of another network hands on comes in the same way', () => {
    const clusters = new Clusters(enforcer);
    clusters.defineGateway();
    clusters.closeCaller();
    const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });
    clusters.access.allow({ source: AccessSource.token({ issuer, through: clusters.web }), destination: clusters.orders, port: 8080 });
    const there = policies(clusters.there);
    expect([allows(there, GATEWAY, pod('orders'), 8080), allows(there, undefined, pod('orders'), 8080)]).toEqual([true, false]);
    expect(allows(policies(clusters.here), pod('web'), undefined, 15443)).toBe(true);
  });

  test.each([
    ['an identity', ({ orders }: Clusters) => AccessSource.identity(orders.identity.spiffeId)], ['a trust domain', () => AccessSource.trustDomain(PARTNER)],
  ])('somebody who is known by %s alone may come by the gateway or without it', (_, source) => {
    const clusters = new Clusters(enforcer);
    clusters.defineGateway();
    clusters.access.allow({ source: source(clusters), destination: clusters.orders, port: 8080 });
    expect(clusters.there.rendered('ACCESS.md')).toContain(': the pods of the caller are not known: everybody reaches the port\n');
    const there = policies(clusters.there);
    expect([allows(there, GATEWAY, pod('orders'), 8080), allows(there, undefined, pod('orders'), 8080)]).toEqual([true, true]);
  });

  test('without a gateway that is known, everybody reaches the port: who is denied is for the proxies to say', () => {
    const clusters = new Clusters(enforcer);
    clusters.allow();
    expect(allows(policies(clusters.there), undefined, pod('orders'), 8080)).toBe(true);
    expect(clusters.access.objects.map(({ name }) => name)).not.toContain('istio-eastwestgateway');
  });

  test('what is denied, marked or only watched opens nothing in the cluster of the caller', () => {
    const clusters = new Clusters(enforcer);
    clusters.closeCaller();
    const call = { source: clusters.web, destination: clusters.orders, port: 8080 };
    clusters.access.deny(call);
    clusters.access.audit(call);
    clusters.access.allow({ ...call, auditOnly: true });
    expect(policies(clusters.here).map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'mesh-base']);
  });
});

test('a denied caller of another network does not take all others with it who come by the same gateway', () => {
  const clusters = new Clusters(AccessEnforcer.cilium);
  clusters.defineGateway();
  const idle = clusters.here.mesh.workloads.find(({ name }) => name === 'idle')!;
  clusters.allow();
  clusters.access.deny({ source: idle, destination: clusters.orders, port: 8080 });
  const there = clusters.there.manifests.filter((one) => one.kind === 'CiliumNetworkPolicy');
  expect(ciliumAllows(there, GATEWAY, pod('orders'), 8080)).toBe(true);
  expect(clusters.there.rendered('ACCESS.md')).toContain('\n- Cilium: the denied caller has no known pods of its own\n');
});

test('other clusters are reached in the given ranges', () => {
  const clusters = new Clusters(() => AccessEnforcer.networkPolicy({ externalAddresses: ['203.0.113.0/24'] }));
  clusters.closeCaller();
  clusters.allow();
  expect(clusters.here.spec('NetworkPolicy', 'web').egress).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 15443 }] }]);
});

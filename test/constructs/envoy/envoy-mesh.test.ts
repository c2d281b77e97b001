import { bootstrapOf, EnvoyFixture, SPIFFE_ID, written } from './fixture';
import { AccessEnforcer, AccessSource, Cluster, EnvoyMesh, GitOpsApp, Platform, Spire, TrustDomain } from '../../../src';

const INBOUND = { port: 8443, applicationPort: 8080 };
const UPSTREAM = { name: 'orders', localPort: 9001, host: 'orders.shop', port: 8443, spiffeId: SPIFFE_ID };

function shop(app: GitOpsApp) {
  const fixture = new EnvoyFixture(app);
  return { fixture, orders: fixture.sidecar('orders', { inbound: [INBOUND] }), web: fixture.sidecar('web', { upstreams: [UPSTREAM] }) };
}

const inboundOf = (bootstrap: any) => {
  const [{ transport_socket: tls, filters }] = bootstrap.static_resources.listeners[0].filter_chains;
  const { default_validation_context: validation } = tls.typed_config.common_tls_context.combined_validation_context;
  return {
    callers: validation.match_typed_subject_alt_names.map((one: any) => one.matcher),
    filters: filters[0].typed_config.http_filters,
  };
};

test('an access policy says who may connect, and what for', () => {
  const output = written((app) => {
    const { fixture, orders, web } = shop(app);
    const access = fixture.access();
    access.allow({ source: web, destination: orders.workload, port: 8443, methods: ['GET'] });
    access.allow({ source: AccessSource.namespace('shop'), destination: orders.workload, port: 8443, paths: ['/health'] });
    access.deny({ source: web, destination: orders.workload, port: 8443, paths: ['/admin*'] });
  });
  const { callers, filters } = inboundOf(bootstrapOf(output, 'orders'));
  expect(callers).toEqual([{ exact: 'spiffe://example.org/ns/shop/sa/web' }, { prefix: 'spiffe://example.org/ns/shop/sa/' }]);
  expect(filters.map((filter: any) => [filter.name, Object.keys(filter.typed_config.rules?.policies ?? {})])).toEqual([
    ['envoy.filters.http.rbac.deny', ['2 shop/web']],
    ['envoy.filters.http.rbac.allow', ['0 shop/web', '1 namespace shop']],
    ['envoy.filters.http.router', []],
  ]);
  expect(Object.keys(output.files).filter((file) => file.includes('envoy-rbac'))).toEqual([]);
});

test('what is only watched lets nobody connect', () => {
  const output = written((app) => {
    const { fixture, orders, web } = shop(app);
    const access = fixture.access();
    access.allow({ source: web, destination: orders.workload, port: 8443 });
    access.allow({ source: AccessSource.namespace('shop'), destination: orders.workload, port: 8443, auditOnly: true });
  });
  expect(inboundOf(bootstrapOf(output, 'orders')).callers).toEqual([{ exact: 'spiffe://example.org/ns/shop/sa/web' }]);
});

test('callers by name may do everything, beside those of an access policy', () => {
  const output = written((app) => {
    const fixture = new EnvoyFixture(app);
    const orders = fixture.sidecar('orders', { inbound: [{ ...INBOUND, callers: [SPIFFE_ID] }] });
    const web = fixture.sidecar('web', { upstreams: [UPSTREAM] });
    fixture.access().allow({ source: web, destination: orders.workload, port: 8443, methods: ['GET'] });
  });
  const { callers, filters } = inboundOf(bootstrapOf(output, 'orders'));
  expect(callers).toEqual([{ exact: SPIFFE_ID.uri }, { exact: 'spiffe://example.org/ns/shop/sa/web' }]);
  expect(filters[0].typed_config.rules.policies[`caller ${SPIFFE_ID.uri}`]).toEqual({
    permissions: [{ and_rules: { rules: [{ destination_port: 8443 }] } }],
    principals: [{ authenticated: { principal_name: { exact: SPIFFE_ID.uri } } }],
  });
});

test('one trust domain more is one bundle more, once', () => {
  const output = written((app) => {
    const { fixture, orders, web } = shop(app);
    fixture.access().allow({ source: web, destination: orders.workload, port: 8443 });
    ['b.org', 'c.org', 'b.org', 'example.org'].forEach((name) => fixture.mesh.federate(web, TrustDomain.of(name)));
  });
  expect(output.object('ClusterSPIFFEID', 'envoy-shop-web').spec.federatesWith).toEqual(['b.org', 'c.org']);
  expect(output.object('ClusterSPIFFEID', 'envoy-shop-orders').spec.federatesWith).toBeUndefined();
});

test('a caller of another cluster is known by reference, and both sides get a bundle', () => {
  const output = written((app) => {
    const { fixture, orders } = shop(app);
    const other = new EnvoyFixture(app, Cluster.of({ name: 'other', trustDomain: TrustDomain.of('other.org') }));
    const caller = other.sidecar('caller', { upstreams: [{ ...UPSTREAM, spiffeId: orders.identity.spiffeId }] });
    fixture.access({ federatedMeshes: [other.mesh] }).allow({ source: caller, destination: orders.workload, port: 8443 });
  });
  expect(inboundOf(bootstrapOf(output, 'orders')).callers).toEqual([{ exact: 'spiffe://other.org/ns/shop/sa/caller' }]);
  const bundles = (name: string) => output.object('ClusterSPIFFEID', name).spec.federatesWith;
  expect([bundles('envoy-shop-orders'), bundles('envoy-shop-caller')]).toEqual([['other.org'], ['example.org']]);
});

test('everybody of a partner gets through TLS, and nobody whose trust domain begins so', () => {
  const partner = TrustDomain.of('partner.test');
  const output = written((app) => {
    const { fixture, orders } = shop(app);
    fixture.access({ federatedTrustDomains: [partner] }).allow({ source: AccessSource.trustDomain(partner), destination: orders.workload, port: 8443, methods: ['GET'] });
  });
  const { callers, filters } = inboundOf(bootstrapOf(output, 'orders'));
  expect(callers).toEqual([{ prefix: 'spiffe://partner.test/' }]);
  expect(filters[0].typed_config.rules.policies['0 trust domain partner.test'].principals)
    .toEqual([{ authenticated: { principal_name: { prefix: 'spiffe://partner.test/' } } }]);
  expect(output.object('ClusterSPIFFEID', 'envoy-shop-orders').spec.federatesWith).toEqual(['partner.test']);
});

describe('fails for', () => {
  test('a port that nobody may call', () => {
    expect(() => written(shop)).toThrow("nobody may call port 8443 of 'shop/orders': allow a caller in an access policy, name 'callers', or remove the port");
  });

  test('a statement that only OPA reads, while the proxy would let the whole trust domain in', () => {
    expect(() => written((app) => {
      const { fixture, orders, web } = shop(app);
      fixture.access({ enforcers: [AccessEnforcer.opa()] }).allow({ source: web, destination: orders.workload, port: 8443 });
    })).toThrow("nobody may call port 8443 of 'shop/orders'");
  });

  test('a port at which no proxy listens', () => {
    expect(() => written((app) => {
      const { fixture, web } = shop(app);
      fixture.access().allow({ source: web, destination: web.workload, port: 9999 });
    })).toThrow("access to 'shop/web' names port 9999, at which its Envoy does not listen: add it to 'inbound' of its sidecar");
  });

  test.each([AccessEnforcer.istio(), AccessEnforcer.networkPolicy(), AccessEnforcer.cilium(), AccessEnforcer.waypoint(), AccessEnforcer.ztunnel()])(
    'an enforcer that static proxies do not read: %#', (enforcer) => {
      const { fixture } = shop(new GitOpsApp());
      expect(() => fixture.access({ enforcers: [enforcer] })).toThrow("the mesh of cluster 'edge' has sidecars of its own, which do not read what this enforcer writes");
    });

  test('two sets of rules', () => {
    const { fixture } = shop(new GitOpsApp());
    expect(() => fixture.access({ enforcers: [AccessEnforcer.envoyRbac(), AccessEnforcer.envoyRbac()] })).toThrow('has two enforcers of the layer Envoy RBAC');
  });

  test('a SPIRE of another cluster', () => {
    const app = new GitOpsApp();
    const [one, other] = ['one', 'other'].map((name) => new Platform(app, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of('example.org') }) }));
    const spire = new Spire(other, 'spire');
    expect(() => new EnvoyMesh(one, 'mesh', { spire })).toThrow("mesh 'one/mesh' is in cluster 'one', its SPIRE in 'other': define both in the same Platform");
  });

  test('a stranger who would federate', () => {
    const { fixture } = shop(new GitOpsApp());
    const other = new EnvoyFixture(new GitOpsApp()).sidecar('other', { upstreams: [UPSTREAM] });
    expect(() => fixture.mesh.federate(other, TrustDomain.of('b.org'))).toThrow('is not in the mesh of cluster');
  });
});

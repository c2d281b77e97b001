import { bootstrapOf, EnvoyFixture, SPIFFE_ID, written } from './fixture';
import { AccessEnforcer, AccessPolicy, AccessSource, Artifact, EnvoySidecar, ExternalAuthorization, GitOpsApp, OpaPolicyConfigMap, OutputChecks, TokenIssuer } from '../../../src';
import { jwksHost } from '../../../src/constructs/envoy/jwt-authn';
import { describeWithEnvoy, validateBootstrap } from '../../support/envoy';
import { Synthesized } from '../../support/synth';

const LOGIN = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://keys.example.com/login', audiences: ['shop', 'admin'] });
const CI = TokenIssuer.of({ issuer: 'https://ci.example.com', jwksUri: 'https://keys.example.com:8443/ci', audiences: ['deploy'] });
const policy = OpaPolicyConfigMap.of({ name: 'opa', namespace: 'shop' });

interface Shop {
  readonly fixture: EnvoyFixture;
  readonly orders: EnvoySidecar;
  readonly access: AccessPolicy;
  allow(issuer: TokenIssuer): void;
}

/**
 * `web` hands requests on to `orders`.
 */
function shop(app: GitOpsApp): Shop {
  const fixture = new EnvoyFixture(app);
  const orders = fixture.sidecar('orders', { inbound: [{ port: 8443, applicationPort: 8080 }], authorization: ExternalAuthorization.opa({ policy }) });
  const web = fixture.sidecar('web', {
    upstreams: [{ name: 'orders', localPort: 9001, host: 'orders.shop.svc.cluster.local', port: 8443, spiffeId: orders.identity.spiffeId }],
  });
  const access = fixture.access({ enforcers: [AccessEnforcer.envoyRbac(), AccessEnforcer.opa({ policy })] });
  const allow = (issuer: TokenIssuer) => {
    access.allow({ source: AccessSource.token({ issuer, subjects: ['ann'], through: web }), destination: orders.workload, port: 8443, paths: ['/orders*'] });
  };
  access.allow({ source: web, destination: orders.workload, port: 8443, paths: ['/public'] });
  return { fixture, orders, access, allow };
}

const ofTokens = (...issuers: TokenIssuer[]) => (app: GitOpsApp) => {
  const { allow } = shop(app);
  issuers.forEach(allow);
};
const output = (...issuers: TokenIssuer[]) => written(ofTokens(...issuers));
const resources = (synthesized: Synthesized, name = 'orders') => bootstrapOf(synthesized, name).static_resources;
const filtersOf = (synthesized: Synthesized): any[] => resources(synthesized).listeners[0].filter_chains[0].filters[0].typed_config.http_filters;

test('tokens are verified before any filter decides, by the keys of their issuers', () => {
  const [verifies, ...others] = filtersOf(output(LOGIN, CI, LOGIN));
  expect(others.map(({ name }) => name)).toEqual(['envoy.filters.http.rbac.allow', 'envoy.filters.http.ext_authz', 'envoy.filters.http.router']);
  expect([verifies.name, Object.keys(verifies.typed_config.providers)]).toEqual(['envoy.filters.http.jwt_authn', [LOGIN.issuer, CI.issuer]]);
  expect(verifies.typed_config.providers[LOGIN.issuer]).toEqual({
    issuer: LOGIN.issuer,
    audiences: ['shop', 'admin'],
    from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
    forward: true,
    payload_in_metadata: 'payload',
    remote_jwks: { http_uri: { uri: LOGIN.jwksUri, cluster: 'jwks_keys.example.com_443', timeout: '5s' }, async_fetch: {} },
  });
});

test('OPA alone has them verified, too: without their claims it would not deny', () => {
  const synthesized = written((app) => {
    const fixture = new EnvoyFixture(app);
    const orders = fixture.sidecar('orders', {
      inbound: [{ port: 8443, applicationPort: 8080, callers: [SPIFFE_ID] }], authorization: ExternalAuthorization.opa({ policy }),
    });
    const source = AccessSource.token({ issuer: LOGIN, subjects: ['ann'], through: orders });
    fixture.access({ enforcers: [AccessEnforcer.opa({ policy })] }).deny({ source, destination: orders.workload, port: 8443 });
  });
  expect(filtersOf(synthesized)[0]).toMatchObject({ name: 'envoy.filters.http.jwt_authn', typed_config: { providers: { [LOGIN.issuer]: {} } } });
  expect(filtersOf(synthesized).find(({ name }) => name === 'envoy.filters.http.ext_authz').typed_config.metadata_context_namespaces)
    .toEqual(['envoy.filters.http.jwt_authn']);
  expect(synthesized.files['edge/artifacts/ACCESS.md']).toContain('- OPA: each request to shop/orders with a token that is not of its issuers');
});

test('a request without a token goes on to the rules, one with a token that does not verify ends there', () => {
  expect(filtersOf(output(LOGIN))[0].typed_config.rules).toEqual([{ match: { prefix: '/' }, requires: { allow_missing: {} } }]);
});

test('rules and OPA look at what was verified', () => {
  const filters = filtersOf(output(LOGIN));
  const { principals } = Object.values<any>(filters[1].typed_config.rules.policies)[1];
  expect(principals[0].and_ids.ids.slice(1).map(({ metadata }: any) => [metadata.filter, metadata.path.map(({ key }: any) => key)])).toEqual([
    ['envoy.filters.http.jwt_authn', ['payload', 'iss']], ['envoy.filters.http.jwt_authn', ['payload', 'sub']],
  ]);
  expect(filters[2].typed_config.metadata_context_namespaces).toEqual(['envoy.filters.http.jwt_authn']);
});

test('the hosts of the keys prove their names by public certificates', () => {
  const same = TokenIssuer.of({ issuer: 'https://other.example.com', jwksUri: 'https://keys.example.com/other', audiences: ['shop'] });
  const clusters = resources(output(LOGIN, CI, same)).clusters.filter(({ name }: any) => name.startsWith('jwks_'));
  expect(clusters.map(({ name }: any) => name)).toEqual(['jwks_keys.example.com_443', 'jwks_keys.example.com_8443']);
  const { sni, common_tls_context: { validation_context: validation } } = clusters[1].transport_socket.typed_config;
  expect([sni, validation]).toEqual(['keys.example.com', {
    trusted_ca: { filename: '/etc/ssl/certs/ca-certificates.crt' }, match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: 'keys.example.com' } }],
  }]);
  expect(clusters[1].load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address).toEqual({ address: 'keys.example.com', port_value: 8443 });
});

test('who looks at no token verifies none', () => {
  const plain = output();
  expect(JSON.stringify([filtersOf(plain), resources(plain).clusters])).not.toMatch(/jwt_authn|jwks/);
  expect(JSON.stringify(resources(output(LOGIN), 'web'))).not.toMatch(/jwt_authn|jwks/);
});

test('the report says that all of it holds, and what becomes of other tokens', () => {
  const app = new GitOpsApp();
  const { fixture, allow } = shop(app);
  allow(LOGIN);
  const report = fixture.platform.node.findAll().filter(Artifact.isArtifact).find(({ fileName }) => fileName === 'ACCESS.md')!.render();
  expect(report).toMatch(/token of https:\/\/login\.example\.com, sub ann through shop\/web \| shop\/orders \| 8443 \| all \| `\/orders\*` \| all \| yes \| yes \|/);
  expect(report).toContain('- Envoy RBAC: each request to shop/orders with a token that is not of its issuers, or does not verify, gets 401, whoever sends it\n');
});

test('the judges find nothing in it', () => {
  expect(() => Synthesized.of(ofTokens(LOGIN, CI), OutputChecks.STOP_AT_ERRORS)).not.toThrow();
});

test.each([['https://10.0.0.1/keys'], ['https://[fd00::1]:8443/keys']])('fails for keys at an address: %s', (jwksUri) => {
  const issuer = TokenIssuer.of({ issuer: 'x', jwksUri, audiences: ['a'] });
  expect(() => jwksHost(issuer)).toThrow(`token issuer 'x' has its keys at '${jwksUri}', an address`);
  expect(() => shop(new GitOpsApp()).allow(issuer)).toThrow('use a DNS name');
});

test('fails for an issuer that is stated twice', () => {
  const twin = TokenIssuer.of({ issuer: LOGIN.issuer, jwksUri: LOGIN.jwksUri, audiences: ['other'] });
  const { allow } = shop(new GitOpsApp());
  allow(LOGIN);
  expect(() => allow(twin)).toThrow("token issuer 'https://login.example.com' is stated twice for 'shop/orders'");
});

describeWithEnvoy('Envoy', () => {
  test('takes the bootstrap', () => {
    expect(validateBootstrap(bootstrapOf(output(LOGIN, CI), 'orders')).says).toContain('OK');
  });
});

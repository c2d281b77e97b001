import { AccessPolicy, AccessSource, IngressGateway, MeshNamespace, SpiffeId, TokenIssuer } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

function shop() {
  const fixture = new Fixture();
  const enroll = (name: string) => fixture.mesh.enroll(fixture.deployment(name));
  const [web, api] = [enroll('web'), enroll('api')];
  const gateway = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh });
  return { fixture, web, api, gateway, access, enroll };
}

const objects = (fixture: Fixture, kind: string) => fixture.manifests.filter((one) => one.kind === kind && one.metadata.namespace === 'shop');
const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });

test('a denial always has its port, so that other ports are spared', () => {
  const { fixture, web, api, access } = shop();
  access.deny({ source: web, destination: api, port: 8080, paths: ['/admin*'] });
  expect(objects(fixture, 'AuthorizationPolicy').map((one) => [one.metadata.name, one.spec])).toEqual([['api-deny', {
    selector: { matchLabels: { app: 'api' } },
    action: 'DENY',
    rules: [{ from: [{ source: { principals: ['example.org/ns/shop/sa/web'] } }], to: [{ operation: { ports: ['8080'], paths: ['/admin*'] } }] }],
  }]]);
});

test('what is only watched is a policy of its own, as dry-run', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(objects(fixture, 'AuthorizationPolicy').map(({ metadata, spec }) => [metadata.name, metadata.annotations, spec.rules.length])).toEqual([
    ['api-allow-dry-run', { 'istio.io/dry-run': 'true' }, 1], ['api-allow', undefined, 1],
  ]);
});

test('what is marked for the log is a policy of its own, and allows nothing', () => {
  const { fixture, web, api, access } = shop();
  access.audit({ source: web, destination: api, port: 8080, methods: ['POST'] });
  expect(objects(fixture, 'AuthorizationPolicy').map(({ metadata, spec }) => [metadata.name, spec.action, spec.rules[0].to[0].operation])).toEqual([
    ['api-audit', 'AUDIT', { ports: ['8080'], methods: ['POST'] }],
  ]);
  expect(access.decides({ source: web, destination: api, port: 8080, method: 'POST' })).toEqual({ allowed: false, statement: undefined });
});

test('fails for a mark that is only watched', () => {
  const { web, api, access } = shop();
  expect(() => access.audit({ source: web, destination: api, port: 8080, auditOnly: true })).toThrow('which is for what allows or denies: leave auditOnly out');
});

test('hosts are said in all forms in which clients send them', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, hosts: ['api.shop'] });
  expect(objects(fixture, 'AuthorizationPolicy')[0].spec.rules[0].to[0].operation.hosts).toEqual(['api.shop', 'api.shop:*', 'api.shop.', 'api.shop.:*']);
});

test('a token is verified, and compared by claims: a SPIFFE ID as subject would never match as requestPrincipals', () => {
  const { fixture, api, gateway, access } = shop();
  access.allow({ source: AccessSource.token({ issuer, subjects: ['spiffe://other.test/ns/a/sa/ann'], through: gateway }), destination: api, port: 8080 });
  access.allow({ source: AccessSource.token({ issuer, claims: { groups: ['admins'] }, through: gateway }), destination: api, port: 8080 });
  expect(objects(fixture, 'RequestAuthentication').map((one) => one.spec)).toEqual([{
    selector: { matchLabels: { app: 'api' } },
    // the workload gets the token, and may hand it on
    jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'], forwardOriginalToken: true }],
  }]);
  expect(objects(fixture, 'AuthorizationPolicy').flatMap((one) => one.spec.rules)).toEqual([
    { groups: ['admins'] }, { sub: ['spiffe://other.test/ns/a/sa/ann'] },
  ].map((claims) => ({
    from: [{ source: { principals: ['example.org/ns/istio-ingress/sa/istio-ingressgateway'] } }],
    to: [{ operation: { ports: ['8080'] } }],
    when: Object.entries({ iss: ['https://login.example.com'], ...claims }).map(([name, values]) => ({ key: `request.auth.claims[${name}]`, values })),
  })));
});

test('a namespace is named with its trust domain, which the field of Istio leaves open', () => {
  const { fixture, api, access } = shop();
  access.allow({ source: AccessSource.namespace('shop'), destination: api, port: 8080 });
  access.allow({ source: AccessSource.identity(SpiffeId.parse('spiffe://example.org/ci/github/acme')), destination: api, port: 8080 });
  expect(objects(fixture, 'AuthorizationPolicy').flatMap((one) => one.spec.rules).map((rule: any) => rule.from[0].source)).toEqual([
    { principals: ['example.org/ci/github/acme'] }, { principals: ['example.org/ns/shop/sa/*'] },
  ]);
});

test('workloads whose names are alike do not share a policy', () => {
  const { fixture, web, access, enroll } = shop();
  ['api-allow', 'api-allow-dry-run', 'api-allow-2'].forEach((name) => access.allow({ source: web, destination: enroll(name), port: 8080 }));
  expect(objects(fixture, 'AuthorizationPolicy').map((one) => [one.metadata.name, one.spec.selector.matchLabels.app])).toEqual([
    ['api-allow-allow', 'api-allow'], ['api-allow-dry-run-allow', 'api-allow-dry-run'], ['api-allow-2-allow', 'api-allow-2'],
  ]);
});

test('the access policies of a mesh write into one policy of a called workload', () => {
  const { fixture, web, api, gateway, access } = shop();
  const second = new AccessPolicy(fixture.platform, 'second', { mesh: fixture.mesh });
  access.allow({ source: web, destination: api, port: 8080 });
  second.allow({ source: gateway, destination: api, port: 8080 });
  second.allow({ source: web, destination: api, port: 8080 });
  expect(objects(fixture, 'AuthorizationPolicy').map((one) => [one.metadata.name, one.spec.rules.length])).toEqual([['api-allow', 2]]);
});

test('the order of statements does not matter', () => {
  const written = [false, true].map((reversed) => {
    const { fixture, web, api, gateway, access } = shop();
    const calls = [{ source: web, methods: ['GET'] }, { source: gateway }, { source: web, methods: ['POST'] }];
    (reversed ? calls.reverse() : calls).forEach((call) => access.allow({ ...call, destination: api, port: 8080 }));
    return objects(fixture, 'AuthorizationPolicy');
  });
  expect(written[0]).toEqual(written[1]);
});

test('hosts outside are in the registry of the namespace, each once', () => {
  const { fixture, web, api, access } = shop();
  access.allowEgress({ source: web, hosts: ['api.example.com'] });
  access.allowEgress({ source: api, hosts: ['api.example.com', 'b.example.com'], port: 8443 });
  access.allowEgress({ source: api, hosts: ['api.example.com'] });
  expect(objects(fixture, 'ServiceEntry').map((one) => [one.metadata.name, one.spec.exportTo, one.spec.ports])).toEqual([
    ['api.example.com-443', ['.'], [{ number: 443, name: 'tls-443', protocol: 'TLS' }]],
    ['api.example.com-8443', ['.'], [{ number: 8443, name: 'tls-8443', protocol: 'TLS' }]],
    ['b.example.com-8443', ['.'], [{ number: 8443, name: 'tls-8443', protocol: 'TLS' }]],
  ]);
});

test('a namespace is closed once', () => {
  const { fixture, access } = shop();
  new MeshNamespace(fixture.platform, 'shop');
  access.denyByDefault('shop');
  access.denyByDefault('other');
  expect(fixture.manifests.filter((one) => one.metadata.name === 'default-deny').map((one) => [one.metadata.namespace, one.spec]))
    .toEqual([['istio-system', {}], ['shop', {}], ['other', {}]]);
});

test('fails for an issuer that is stated twice', () => {
  const { api, gateway, access } = shop();
  const other = TokenIssuer.of({ issuer: issuer.issuer, jwksUri: 'https://other.example.com/keys', audiences: ['x'] });
  access.allow({ source: AccessSource.token({ issuer, through: gateway }), destination: api, port: 8080 });
  expect(() => access.allow({ source: AccessSource.token({ issuer: other, claims: { a: ['b'] }, through: gateway }), destination: api, port: 8080 }))
    .toThrow("token issuer 'https://login.example.com' is stated twice for 'shop/api'");
});

describeWithSharedData('strict schemas', () => {
  test('policies, tokens and hosts pass', () => {
    const { fixture, web, api, gateway, access } = shop();
    access.deny({ source: web, destination: api, port: 8080, auditOnly: true });
    access.allow({ source: AccessSource.token({ issuer, through: gateway }), destination: api, port: 8080, hosts: ['api'] });
    access.allowEgress({ source: web, hosts: ['api.example.com'] });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});

import { AccessEnforcer, AccessPolicy, AccessSource, IngressGateway, SpiffeId, TokenIssuer, TrustDomain } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

const PARTNER = TrustDomain.of('partner.test');

function shop() {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [AccessEnforcer.linkerd()], federatedTrustDomains: [PARTNER] });
  return { fixture, web, api, access };
}

const specs = (fixture: Fixture) => Object.fromEntries(fixture.manifests.filter((one) => one.apiVersion.startsWith('policy.linkerd.io/'))
  .map((one) => [`${one.kind} ${one.metadata.name}`, one.spec]));
const ref = (kind: string, name: string) => ({ group: 'policy.linkerd.io', kind, name });

test('a server for the port, and an authorization for the service account', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  expect(specs(fixture)).toEqual({
    'Server api-8080': { podSelector: { matchLabels: { app: 'api' } }, port: 8080, accessPolicy: 'deny' },
    'MeshTLSAuthentication web': { identityRefs: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }] },
    'AuthorizationPolicy api-8080-from-web': { targetRef: ref('Server', 'api-8080'), requiredAuthenticationRefs: [ref('MeshTLSAuthentication', 'web')] },
  });
});

test('methods and paths are a route', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET', 'HEAD'], paths: ['/a.js', '/u/*'] });
  const all = specs(fixture);
  expect(all['AuthorizationPolicy api-8080-from-web'].targetRef).toEqual(ref('HTTPRoute', 'api-8080'));
  expect(all['HTTPRoute api-8080'].rules).toEqual([{
    matches: ['GET', 'HEAD'].flatMap((method) => ['/a\\.js', '/u/.*'].map((value) => ({ path: { type: 'RegularExpression', value }, method }))),
  }]);
});

test('while callers may ask for different things there is no route: what is no HTTP would not pass one', () => {
  const { fixture, web, api, access } = shop();
  const policy = () => Object.keys(specs(fixture)).filter((name) => /^(HTTPRoute|AuthorizationPolicy)/.test(name))
    .map((name) => [name, specs(fixture)[name].targetRef?.kind]);
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(policy()).toEqual([['AuthorizationPolicy api-8080-from-web', 'HTTPRoute'], ['HTTPRoute api-8080', undefined]]);
  access.allow({ source: api, destination: api, port: 8080 });
  expect(policy()).toEqual([['AuthorizationPolicy api-8080-from-web', 'Server'], ['AuthorizationPolicy api-8080-from-api', 'Server']]);
  expect(access.objects.map(({ kind }) => kind)).not.toContain('HTTPRoute');
});

test('callers whose names look the same in an object have one each', () => {
  const { fixture, api, access } = shop();
  ['/ci/a.b', '/ci/a-b', '/ci/a.b'].forEach((path) =>
    access.allow({ source: AccessSource.identity(SpiffeId.parse(`spiffe://example.org${path}`)), destination: api, port: 8080 }));
  const named = Object.entries(specs(fixture)).filter(([name]) => name.startsWith('MeshTLSAuthentication'));
  expect(named.map(([, spec]) => spec.identities)).toEqual([['spiffe://example.org/ci/a.b'], ['spiffe://example.org/ci/a-b']]);
  expect(named.map(([name]) => name)).toEqual(['MeshTLSAuthentication ci-a-b', expect.stringMatching(/^MeshTLSAuthentication ci-a-b-[0-9a-f]{8}$/)]);
  expect(Object.keys(specs(fixture)).filter((name) => name.startsWith('AuthorizationPolicy'))).toHaveLength(2);
});

test('a token is its way, since nothing else is seen of it', () => {
  const { fixture, web, api, access } = shop();
  const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });
  const gateway = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  [web, gateway].forEach((through) => access.allow({ source: AccessSource.token({ issuer, through }), destination: api, port: 8080 }));
  expect(Object.keys(specs(fixture)).filter((name) => name.startsWith('AuthorizationPolicy')))
    .toEqual(['AuthorizationPolicy api-8080-from-web', 'AuthorizationPolicy api-8080-from-istio-ingress.istio-ingressgateway']);
});

test('fails for all of a trust domain, which a star of Linkerd cannot mean, and writes nothing', () => {
  const { fixture, api, access } = shop();
  const call = { source: AccessSource.trustDomain(PARTNER), destination: api, port: 8080 };
  expect(() => access.allow(call)).toThrow("access from 'trust domain partner.test' to 'shop/api': Linkerd compares SPIFFE IDs whole, "
    + 'and would have to let every identity in, name identities by AccessSource.identity, or leave AccessEnforcer.linkerd() out');
  access.deny(call);
  access.allow({ ...call, auditOnly: true });
  expect(specs(fixture)).toEqual({});
});

describeWithSharedData('strict schemas', () => {
  test('policies of Linkerd pass', () => {
    const { fixture, web, api, access } = shop();
    access.allow({ source: web, destination: api, port: 8080, methods: ['GET'], paths: ['/u/{*}'] });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});

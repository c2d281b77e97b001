import { AccessPolicy, AccessSource, SpiffeId, TrustDomain, WorkloadIdentity } from '../../../src';
import { Fixture } from '../istio/fixture';

function shop() {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  return { web, api, access: new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh }) };
}

test('what no statement is about is denied', () => {
  const { web, api, access } = shop();
  expect(access.decides({ source: web, destination: api, port: 8080 })).toEqual({ allowed: false, statement: undefined });
});

test('the statement that decides is told, and a denial wins', () => {
  const { web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, paths: ['/a*'] });
  access.deny({ source: web, destination: api, port: 8080, paths: ['/a/b*'] });
  const decision = (path: string) => access.decides({ source: web, destination: api, port: 8080, method: 'GET', path });
  expect([decision('/a/x?q=/a/b').allowed, decision('/a/b').allowed, decision('/c').allowed]).toEqual([true, false, false]);
  expect([decision('/a').statement, decision('/a/b/c').statement]).toEqual(access.statements);
});

test('what is not HTTP is denied by a denial of a path, and not allowed by one that names methods', () => {
  const { web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(access.decides({ source: web, destination: api, port: 8080 }).allowed).toBe(false);
  access.allow({ source: web, destination: api, port: 8080 });
  expect(access.decides({ source: web, destination: api, port: 8080 }).allowed).toBe(true);
  access.deny({ source: web, destination: api, port: 8080, paths: ['/admin*'] });
  expect(access.decides({ source: web, destination: api, port: 8080 }).allowed).toBe(false);
});

test('a namespace is that of the own trust domain, and nobody without identity is of it', () => {
  const { api, access } = shop();
  access.allow({ source: AccessSource.namespace('shop'), destination: api, port: 8080 });
  const by = (spiffeId?: SpiffeId) => access.decides({ spiffeId, destination: api, port: 8080 }).allowed;
  const id = (trustDomain: string) => WorkloadIdentity.of({ trustDomain: TrustDomain.of(trustDomain), namespace: 'shop', serviceAccount: 'x' }).spiffeId;
  expect([by(id('example.org')), by(id('other.test')), by()]).toEqual([true, false, false]);
});

test('what is only watched decides nothing', () => {
  const { web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  expect(access.decides({ source: web, destination: api, port: 8080 }).allowed).toBe(false);
});

test('fails for a path without a method, which would be asked for what is no HTTP', () => {
  const { web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  expect(() => access.decides({ source: web, destination: api, port: 8080, path: '/a' })).toThrow('decides has a path, a host or claims, and no method');
});

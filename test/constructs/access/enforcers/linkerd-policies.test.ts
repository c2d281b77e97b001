import { AccessEnforcer, AccessPolicy } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

function shop() {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [AccessEnforcer.linkerd()] });
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

describeWithSharedData('strict schemas', () => {
  test('policies of Linkerd pass', () => {
    const { fixture, web, api, access } = shop();
    access.allow({ source: web, destination: api, port: 8080, methods: ['GET'], paths: ['/u/{*}'] });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});

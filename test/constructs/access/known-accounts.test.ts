import { ApiObject, Chart } from 'cdk8s';
import { AccessPolicy, AccessSource, Cluster, MeshNamespace, Platform, SpiffeId, Stage } from '../../../src';
import { Fixture } from '../istio/fixture';

function shop(define: (fixture: Fixture) => void = () => undefined) {
  const fixture = new Fixture();
  new MeshNamespace(fixture.platform, 'shop');
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  define(fixture);
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh });
  return {
    access,
    errors: (source: AccessSource) => {
      access.allow({ source, destination: api, port: 8080 });
      return access.node.validate();
    },
  };
}

const identity = (path: string) => AccessSource.identity(SpiffeId.parse(`spiffe://example.org${path}`));
const object = (scope: Chart, kind: string, name: string, spec?: object) => new ApiObject(scope, `${kind}-${name}`, {
  apiVersion: kind === 'ClusterStaticEntry' ? 'spire.spiffe.io/v1alpha1' : 'v1', kind, metadata: { name, ...(kind === 'ClusterStaticEntry' ? {} : { namespace: 'shop' }) }, spec,
});

test('fails for a service account that is missing in a namespace of the app', () => {
  expect(shop().errors(identity('/ns/shop/sa/wbe'))).toEqual([
    "access from 'spiffe://example.org/ns/shop/sa/wbe' to 'shop/api' would match nobody: the app defines its namespace and no such service account, correct the name, "
    + 'pass the workload itself, or, if others define it, use AccessSource.identityDefinedElsewhere',
  ]);
});

test('what others define there is named as such', () => {
  expect(shop().errors(AccessSource.identityDefinedElsewhere(SpiffeId.parse('spiffe://example.org/ns/shop/sa/wbe')))).toEqual([]);
});

test.each<[string, string, (fixture: Fixture) => void]>([
  ['an enrolled workload', '/ns/shop/sa/api', () => undefined],
  ['the account of every namespace', '/ns/shop/sa/default', () => undefined],
  ['a namespace of others', '/ns/billing/sa/web', () => undefined],
  ['a path of another form', '/ci/github/acme', () => undefined],
  ['a ServiceAccount beside the platforms', '/ns/shop/sa/legacy', ({ user }) => object(user, 'ServiceAccount', 'legacy')],
  ['a ServiceAccount of the platform', '/ns/shop/sa/legacy', ({ platform }) => object(platform.chart(Stage.APPS, 'legacy'), 'ServiceAccount', 'legacy')],
  ['pods that are not enrolled', '/ns/shop/sa/legacy', (fixture) => fixture.deployment('legacy')],
  ['an entry of SPIRE', '/ns/shop/sa/vm', ({ user }) => object(user, 'ClusterStaticEntry', 'vm', { spiffeID: 'spiffe://example.org/ns/shop/sa/vm' })],
])('%s is no typo', (_, path, define) => {
  expect(shop(define).errors(identity(path))).toEqual([]);
});

test('fails although another cluster has such a service account', () => {
  const { errors } = shop(({ app, platform }) => {
    const other = new Platform(app, 'other', { cluster: Cluster.of({ name: 'other', trustDomain: platform.cluster.trustDomain }) });
    object(other.chart(Stage.APPS, 'legacy'), 'ServiceAccount', 'legacy');
  });
  expect(errors(identity('/ns/shop/sa/legacy'))).toHaveLength(1);
});

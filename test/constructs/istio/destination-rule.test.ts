import { ApiObject, Duration } from 'cdk8s';
import { Fixture } from './fixture';
import { DestinationRule, DestinationRuleProps, LoadBalancerAlgorithm, MeshNamespace, Stage } from '../../../src';

function rule(props: Partial<DestinationRuleProps> = {}, fixture = new Fixture()): DestinationRule {
  return new DestinationRule(fixture.platform, 'reviews', { namespace: 'shop', host: 'reviews', ...props });
}

const FULL: Partial<DestinationRuleProps> = {
  subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
  trafficPolicy: {
    loadBalancer: LoadBalancerAlgorithm.LEAST_REQUEST,
    connectionPool: {
      maxConnections: 100, connectTimeout: Duration.seconds(2), maxPendingRequests: 50, maxRequests: 200, maxRequestsPerConnection: 10, maxRetries: 3,
    },
    outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(90), maxEjectionPercent: 50 },
    additionalFields: { tunnel: { targetHost: 'proxy.example.com', targetPort: 3128 } },
  },
  additionalSpec: { exportTo: ['.'] },
};

test('a Service of the namespace gets its full name', () => {
  expect(rule().apiObject.toJson()).toMatchObject({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: { host: 'reviews.shop.svc.cluster.local' },
  });
  expect(rule({ host: 'api.example.com' }).host).toBe('api.example.com');
});

test('subsets, limits and circuit breaking', () => {
  expect(rule(FULL).apiObject.toJson().spec).toEqual({
    host: 'reviews.shop.svc.cluster.local',
    subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
    trafficPolicy: {
      loadBalancer: { simple: 'LEAST_REQUEST' },
      connectionPool: {
        tcp: { maxConnections: 100, connectTimeout: '2s' },
        http: { http1MaxPendingRequests: 50, http2MaxRequests: 200, maxRequestsPerConnection: 10, maxRetries: 3 },
      },
      outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '1m30s', maxEjectionPercent: 50 },
      tunnel: { targetHost: 'proxy.example.com', targetPort: 3128 },
    },
    exportTo: ['.'],
  });
});

test('a subset is known by name', () => {
  const v2 = rule(FULL).subset('v2');
  expect([v2.host, v2.name, v2.labels]).toEqual(['reviews.shop.svc.cluster.local', 'v2', { version: 'v2' }]);
});

test('fails for a subset that does not exist', () => {
  expect(() => rule(FULL).subset('v3'))
    .toThrow("host 'reviews.shop.svc.cluster.local' has no subset 'v3': use 'v1' or 'v2', or add it to the subsets");
  expect(() => rule().subset('v1')).toThrow('use the host itself');
});

test.each<[string, Partial<DestinationRuleProps>, string]>([
  ['an empty list of subsets', { subsets: [] }, "destination rule 'reviews': 'subsets' is an empty list"],
  ['two subsets of one name', { subsets: [FULL.subsets![0], FULL.subsets![0]] }, "destination rule 'reviews' has two subsets 'v1': rename one"],
  ['a host with scheme', { host: 'http://reviews' }, "destination rule 'reviews' has host 'http://reviews', which is no DNS name"],
  ['a host that is half a name', { host: 'reviews.shop' },
    "has host 'reviews.shop', which Istio takes for a full DNS name, not for a Service: use 'reviews.shop.svc.cluster.local'"],
  ['a host without cluster domain', { host: 'reviews.shop.svc' }, "use 'reviews.shop.svc.cluster.local'"],
])('fails for %s', (_, props, message) => {
  expect(() => rule(props)).toThrow(message);
});

test.each(['host', 'subsets', 'trafficPolicy'])("fails for additional field '%s', which the rule states itself", (field) => {
  expect(() => rule({ additionalSpec: { [field]: [] } }))
    .toThrow(`destination rule 'reviews' has '${field}' in additionalSpec, which would take the place of what '${field}' says: use '${field}'`);
});

describe('in the complete platform', () => {
  test('a subset with pods passes, also when nothing is known of the namespace', () => {
    const fixture = new Fixture();
    MeshNamespace.fromName(fixture.platform, 'shop');
    rule({ subsets: [{ name: 'v1', labels: { version: 'v1' } }] }, fixture);
    new DestinationRule(fixture.platform, 'far', { namespace: 'shop', host: 'api.example.com', subsets: [{ name: 'x', labels: { x: 'y' } }] });
    expect(fixture.mesh.node.validate()).toEqual([]);
    fixture.mesh.enroll(fixture.deployment('reviews'));
    expect(fixture.mesh.node.validate()).toEqual([]);
  });

  test('fails for a subset without pods', () => {
    const fixture = new Fixture();
    MeshNamespace.fromName(fixture.platform, 'shop');
    fixture.mesh.enroll(fixture.deployment('reviews'));
    rule({ subsets: [{ name: 'v3', labels: { version: 'v3' } }] }, fixture);
    expect(fixture.mesh.node.validate()).toEqual([
      "subset 'v3' of host 'reviews.shop.svc.cluster.local' selects no enrolled workload of namespace 'shop' ({\"version\":\"v3\"}): "
      + 'calls to it would get 503, correct the labels or remove the subset',
    ]);
  });

  test('fails for a subset whose pods belong to another Service', () => {
    const fixture = new Fixture();
    MeshNamespace.fromName(fixture.platform, 'shop');
    fixture.mesh.enroll(fixture.deployment('ratings'));
    rule({ subsets: [{ name: 'v1', labels: { version: 'v1' } }] }, fixture);
    expect(fixture.mesh.node.validate()).toEqual([]);
    new ApiObject(fixture.platform.chart(Stage.APPS, 'reviews'), 'service', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'reviews', namespace: 'shop' }, spec: { selector: { app: 'reviews' } },
    });
    expect(fixture.mesh.node.validate()).toEqual([expect.stringContaining("subset 'v1' of host 'reviews.shop.svc.cluster.local' selects no enrolled workload")]);
  });
});

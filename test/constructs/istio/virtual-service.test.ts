import { ApiObject } from 'cdk8s';
import { Fixture } from './fixture';
import {
  DestinationRule, Gateway, GatewayServer, HttpRoute, IngressGateway, MeshNamespace, RouteDestination, Stage, VirtualService, VirtualServiceProps,
} from '../../../src';

const ALL: HttpRoute = { destinations: [RouteDestination.host('reviews')] };
const REVIEWS = { destination: { host: 'reviews.shop.svc.cluster.local' } };

function service(props: Partial<VirtualServiceProps>, fixture = new Fixture()): any {
  return new VirtualService(fixture.platform, 'reviews', { namespace: 'shop', hosts: ['reviews'], http: [ALL], ...props }).apiObject.toJson();
}

function shopGateway(fixture: Fixture): Gateway {
  const ingress = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  return new Gateway(fixture.platform, 'shop', { ingress, servers: [GatewayServer.http('shop.example.com')] });
}

test('routes calls in the mesh, by full names', () => {
  expect(service({})).toMatchObject({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: { hosts: ['reviews.shop.svc.cluster.local'], http: [{ route: [REVIEWS] }] },
  });
});

test('shifts shares between versions', () => {
  const fixture = new Fixture();
  const rule = new DestinationRule(fixture.platform, 'rule', {
    namespace: 'shop', host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
  });
  const destinations = [['v1', 90], ['v2', 10]].map(([name, weight]) => RouteDestination.subset(rule.subset(`${name}`), { weight: Number(weight) }));
  expect(service({ http: [{ destinations }] }, fixture).spec.http[0].route).toEqual([
    { destination: { host: 'reviews.shop.svc.cluster.local', subset: 'v1' }, weight: 90 },
    { destination: { host: 'reviews.shop.svc.cluster.local', subset: 'v2' }, weight: 10 },
  ]);
});

test('routes what comes in at a gateway, and in the mesh only when it is said so', () => {
  const fixture = new Fixture();
  const gateways = [shopGateway(fixture)];
  expect(service({ hosts: ['shop.example.com'], gateways }, fixture).spec.gateways).toEqual(['istio-ingress/shop']);
  const both = new VirtualService(fixture.platform, 'both', { namespace: 'shop', hosts: ['shop.example.com'], gateways, inMesh: true, http: [ALL] });
  expect(both.apiObject.toJson().spec.gateways).toEqual(['istio-ingress/shop', 'mesh']);
});

test('fails for a host that no server of the gateway takes', () => {
  const fixture = new Fixture();
  expect(() => service({ hosts: ['other.example.com'], gateways: [shopGateway(fixture)] }, fixture))
    .toThrow("virtual service 'reviews' has host 'other.example.com', for which gateway 'istio-ingress/shop' takes no requests");
});

test('fails for a second one for the same host in a namespace, under whatever name', () => {
  const fixture = new Fixture();
  service({}, fixture);
  const second = (id: string, namespace: string, host: string) => new VirtualService(fixture.platform, id, { namespace, hosts: [host], http: [ALL] });
  expect(() => second('again', 'shop', 'reviews.shop.svc.cluster.local'))
    .toThrow("'again' is a second VirtualService for host 'reviews.shop.svc.cluster.local' in namespace 'shop', beside 'reviews'");
  expect(() => second('elsewhere', 'billing', 'reviews')).not.toThrow();
});

test.each<[string, Partial<VirtualServiceProps>, string]>([
  ['no hosts', { hosts: [] }, "virtual service 'reviews': 'hosts' is an empty list"],
  ['no routes', { http: [] }, "virtual service 'reviews': 'http' is an empty list"],
  ['an empty list of gateways', { gateways: [] }, "virtual service 'reviews': 'gateways' is an empty list"],
  ['neither gateway nor mesh', { inMesh: false }, 'has no gateway and is not for the mesh'],
  ['every host of the mesh', { hosts: ['*'] }, "has host '*' for the whole mesh"],
  ['a host with port', { hosts: ['reviews:80'] }, "has host 'reviews:80', which is no DNS name"],
  ['hosts that cover each other', { hosts: ['*.example.com', 'shop.example.com'] }, 'of which one covers the other'],
  ['one host twice', { hosts: ['reviews', 'reviews'] }, 'of which one covers the other'],
  ['a destination with wildcard', { http: [{ destinations: [RouteDestination.host('*.example.com')] }] },
    "virtual service 'reviews', route 1 has host '*.example.com', which is no DNS name"],
  ['a route behind one for all', { http: [ALL, { ...ALL, matches: [{ method: 'GET' }] }] },
    'has route 1 for all requests before others, which would never be used: put it last'],
])('fails for %s', (_, props, message) => {
  expect(() => service(props)).toThrow(message);
});

test.each(['hosts', 'gateways', 'http'])("fails for additional field '%s', which the virtual service states itself", (field) => {
  expect(() => service({ additionalSpec: { [field]: [] } }))
    .toThrow(`virtual service 'reviews' has '${field}' in additionalSpec, which would take the place of what '${field}' says: use '${field}'`);
});

describe('routes in the words of Istio', () => {
  const tcp = (host: string, subset: string) => ({ tcp: [{ route: [{ destination: { host, subset } }] }] });
  const errors = (additionalSpec: any) => {
    const fixture = new Fixture();
    MeshNamespace.fromName(fixture.platform, 'shop');
    new DestinationRule(fixture.platform, 'rule', { namespace: 'shop', host: 'db', subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
    new ApiObject(fixture.platform.chart(Stage.POLICIES, 'own'), 'rule', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'own', namespace: 'shop' },
      spec: { host: 'cache.shop.svc.cluster.local', subsets: [{ name: 'hot' }] },
    });
    service({ additionalSpec }, fixture);
    return fixture.mesh.node.validate();
  };

  test('may name subsets that a rule has', () => {
    expect(errors(tcp('db', 'v1'))).toEqual([]);
    expect(errors(tcp('cache', 'hot'))).toEqual([]);
    expect(errors({ tls: [{ route: [{ destination: { host: 'db.shop.svc.cluster.local' } }] }] })).toEqual([]);
  });

  test('fails for a subset that none has', () => {
    expect(errors(tcp('db', 'v2'))).toEqual([expect.stringContaining(
      "routes to subset 'v2' of host 'db.shop.svc.cluster.local', which no destination rule has: use 'v1', or add it to the subsets")]);
    expect(errors({ tls: [{ route: [{ destination: { host: 'other', subset: 'v1' } }] }] })).toEqual([expect.stringContaining(
      "routes to subset 'v1' of host 'other.shop.svc.cluster.local', which no destination rule has: use the host itself, or add it to the subsets")]);
  });
});

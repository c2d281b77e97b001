import { Fixture } from './fixture';
import { Gateway, GatewayServer, IngressGateway, Platform, RouteDestination, VirtualService } from '../../../src';

function gateway(...servers: GatewayServer[]): Gateway {
  return gatewayFor(undefined, ...servers);
}

function gatewayFor(routeNamespaces: string[] | undefined, ...servers: GatewayServer[]): Gateway {
  const fixture = new Fixture();
  const ingress = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  return new Gateway(fixture.platform, 'shop', { ingress, servers, routeNamespaces });
}

function route(target: Gateway, namespace: string, host: string, inMesh?: boolean): void {
  new VirtualService(Platform.of(target), `route-${namespace}-${host}`, {
    name: 'route', namespace, hosts: [host], gateways: [target], inMesh, http: [{ destinations: [RouteDestination.host('web')] }],
  });
}

const hostsOf = (target: Gateway) => target.apiObject.toJson().spec.servers.map((server: any) => server.hosts);

const HTTPS = GatewayServer.https({ hosts: ['shop.example.com', '*.shop.example.com'], credentialName: 'shop-tls' });
const REDIRECT = GatewayServer.httpsRedirect('shop.example.com');

test('stands beside the ingress gateway and selects its proxies', () => {
  const shop = gateway(REDIRECT, HTTPS);
  expect(shop.reference).toBe('istio-ingress/shop');
  expect(shop.apiObject.toJson()).toMatchObject({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shop', namespace: 'istio-ingress' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        { hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } },
        { hosts: ['./shop.example.com', './*.shop.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' } },
      ],
    },
  });
});

test('knows which hosts it serves', () => {
  const hosts = ['shop.example.com', 'eu.shop.example.com', '*.shop.example.com', 'example.com', 'xshop.example.com'];
  expect(hosts.filter((host) => gateway(HTTPS).serves(host))).toEqual(['shop.example.com', 'eu.shop.example.com', '*.shop.example.com']);
  expect(gateway(GatewayServer.http('*')).serves('anything.org')).toBe(true);
});

test('each host is bound to the namespaces that route it, so that no other can take its requests', () => {
  const shop = gateway(REDIRECT, HTTPS, GatewayServer.http('plain.example.com'));
  route(shop, 'shop', 'shop.example.com');
  route(shop, 'eu', 'eu.shop.example.com');
  route(shop, 'asia', 'jp.shop.example.com');
  expect(hostsOf(shop)).toEqual([
    ['shop.example.com'],
    ['shop/shop.example.com', 'asia/*.shop.example.com', 'eu/*.shop.example.com'],
    ['./plain.example.com'],
  ]);
});

test('a host that a VirtualService routes in the mesh only stays closed', () => {
  const shop = gateway(HTTPS);
  route(shop, 'shop', 'other.example.com', true);
  expect(hostsOf(shop)).toEqual([['./shop.example.com', './*.shop.example.com']]);
});

test('further namespaces may route all hosts', () => {
  const shop = gatewayFor(['team-b', 'team-a'], HTTPS);
  route(shop, 'shop', 'shop.example.com');
  expect(hostsOf(shop)).toEqual([['shop/shop.example.com', 'team-a/shop.example.com', 'team-b/shop.example.com',
    'team-a/*.shop.example.com', 'team-b/*.shop.example.com']]);
});

test.each([
  [[], "gateway 'shop': 'routeNamespaces' is an empty list"],
  [['*'], "gateway 'shop' has namespace '*', which is no Kubernetes name"],
])('fails for route namespaces %j', (namespaces, message) => {
  expect(() => gatewayFor(namespaces, HTTPS)).toThrow(message);
});

test('fails without servers', () => {
  expect(() => gateway()).toThrow("gateway 'shop': 'servers' is an empty list");
});

test('fails for two servers of one host and port', () => {
  expect(() => gateway(REDIRECT, GatewayServer.http('shop.example.com')))
    .toThrow("gateway 'shop' has two servers for host shop.example.com on port 80: only one would answer, remove one");
});

test('names of ports are unique', () => {
  const other = GatewayServer.https({ hosts: ['other.example.com'], credentialName: 'other-tls' });
  expect(gateway(HTTPS, other, REDIRECT).apiObject.toJson().spec.servers.map((server: any) => server.port.name)).toEqual(['https', 'https-2', 'http']);
});

test('fails for a name with a dot', () => {
  const fixture = new Fixture();
  const ingress = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  expect(() => new Gateway(fixture.platform, 'gateway', { ingress, servers: [HTTPS], name: 'shop.example' }))
    .toThrow("gateway name 'shop.example' has a dot, which Istio refuses");
});

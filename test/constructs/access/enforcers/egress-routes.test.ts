import { AccessPolicy, EgressCall, EgressGateway, ServiceEntryProtocol } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

function shop(props?: ConstructorParameters<typeof Fixture>[0]) {
  const fixture = new Fixture(props);
  const enroll = (name: string, namespace = 'shop') => fixture.mesh.enroll(fixture.deployment(name, (one) => one.metadata.namespace = namespace));
  const [web, api, ops] = [enroll('web'), enroll('api'), enroll('ops', 'ops')];
  const gateway = new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh });
  return { fixture, web, api, ops, gateway, access };
}

const spec = (fixture: Fixture, kind: string, name: string) =>
  fixture.manifests.find((one) => one.kind === kind && one.metadata.name === name && one.metadata.namespace === 'istio-egress')?.spec;
const HOST = 'api.example.com';

test('TLS of the caller goes to the gateway in mutual TLS, under the name of the host', () => {
  const { fixture, web, gateway, access } = shop();
  access.allowEgress({ source: web, hosts: [HOST], gateway });
  expect(spec(fixture, 'ServiceEntry', HOST)).toEqual({
    hosts: [HOST], location: 'MESH_EXTERNAL', resolution: 'DNS', ports: [{ number: 443, name: 'tls-443', protocol: 'TLS' }], exportTo: ['.', 'shop'],
  });
  expect(spec(fixture, 'VirtualService', HOST)).toEqual({
    hosts: [HOST],
    gateways: ['mesh', 'istio-egress/istio-egressgateway'],
    exportTo: ['.', 'shop'],
    tls: [{
      match: [{ gateways: ['mesh'], port: 443, sniHosts: [HOST] }],
      route: [{ destination: { host: gateway.host, subset: 'api-example-com', port: { number: 8443 } } }],
    }],
    tcp: [{ match: [{ gateways: ['istio-egress/istio-egressgateway'], port: 8443 }], route: [{ destination: { host: HOST, port: { number: 443 } } }] }],
  });
  expect(spec(fixture, 'DestinationRule', 'istio-egressgateway')).toEqual({
    host: gateway.host,
    subsets: [{
      name: 'api-example-com',
      trafficPolicy: {
        portLevelSettings: [{
          port: { number: 8443 }, tls: { mode: 'ISTIO_MUTUAL', sni: HOST, subjectAltNames: ['spiffe://example.org/ns/istio-egress/sa/istio-egressgateway'] },
        }],
      },
    }],
    exportTo: ['.', 'shop'],
  });
  expect(spec(fixture, 'Gateway', 'istio-egressgateway')).toEqual({
    selector: { istio: 'egressgateway' },
    servers: [{ port: { number: 8443, name: `tls-${HOST}`, protocol: 'TLS' }, hosts: [HOST], tls: { mode: 'ISTIO_MUTUAL' } }],
  });
});

test('for HTTP the gateway begins TLS, and nobody else knows a port at which the host speaks it', () => {
  const { fixture, web, gateway, access } = shop();
  access.allowEgress({ source: web, hosts: [HOST], protocol: ServiceEntryProtocol.HTTP, gateway });
  expect(spec(fixture, 'ServiceEntry', HOST).ports).toEqual([{ number: 80, name: 'http-80', protocol: 'HTTP', targetPort: 443 }]);
  expect(spec(fixture, 'DestinationRule', HOST)).toEqual({
    host: HOST,
    exportTo: ['.'],
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: HOST, subjectAltNames: [HOST], caCertificates: 'system' } }] },
  });
  expect(spec(fixture, 'VirtualService', HOST).http.map((one: any) => [one.match[0], one.route[0].destination])).toEqual([
    [{ gateways: ['mesh'], port: 80 }, { host: gateway.host, subset: 'api-example-com', port: { number: 8080 } }],
    [{ gateways: ['istio-egress/istio-egressgateway'], port: 8080 }, { host: HOST, port: { number: 80 } }],
  ]);
  expect(spec(fixture, 'Gateway', 'istio-egressgateway').servers[0].port).toEqual({ number: 8080, name: `https-${HOST}`, protocol: 'HTTPS' });
});

test('each caller gets its own hosts, in one policy', () => {
  const { fixture, web, api, ops, gateway, access } = shop();
  access.allowEgress({ source: web, hosts: ['b.example.com', HOST], gateway });
  access.allowEgress({ source: api, hosts: [HOST], protocol: ServiceEntryProtocol.HTTP, gateway });
  access.allowEgress({ source: ops, hosts: [HOST], gateway });
  const rule = (principal: string, port: string, ...values: string[]) => ({
    from: [{ source: { principals: [`example.org/ns/${principal}`] } }], to: [{ operation: { ports: [port] } }], when: [{ key: 'connection.sni', values }],
  });
  expect(spec(fixture, 'AuthorizationPolicy', 'istio-egressgateway-allow')).toEqual({
    selector: { matchLabels: { istio: 'egressgateway' } },
    action: 'ALLOW',
    rules: [rule('ops/sa/ops', '8443', HOST), rule('shop/sa/api', '8080', HOST), rule('shop/sa/web', '8443', HOST, 'b.example.com')],
  });
  expect(spec(fixture, 'ServiceEntry', HOST)).toMatchObject({ exportTo: ['.', 'ops', 'shop'], ports: [{ number: 443 }, { number: 80 }] });
  expect(spec(fixture, 'ServiceEntry', 'b.example.com').exportTo).toEqual(['.', 'shop']);
  expect(access.objects.map((one) => one.name)).toContain('b.example.com');
});

test('no two hosts have one name in subsets, which have no dots and no more than 63 characters', () => {
  const { fixture, web, gateway, access } = shop();
  const long = `${'a'.repeat(40)}.${'b'.repeat(40)}.example.com`;
  const hosts = ['a-b.example.com', 'a.b.example.com', 'a--b.example.com', long, `c.${long}`, `${long.slice(0, -3)}net`];
  access.allowEgress({ source: web, hosts, gateway });
  const names: string[] = spec(fixture, 'DestinationRule', 'istio-egressgateway').subsets.map((one: any) => one.name);
  expect(new Set(names).size).toBe(hosts.length);
  expect(names.filter((name) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
  expect(names.slice(0, 3)).toEqual(['a----b-example-com', 'a--b-example-com', 'a-b-example-com']);
});

test.each<[string, Partial<EgressCall>[], string]>([
  ['a host in two ways from one namespace', [{}, { gateway: undefined }],
    "host 'api.example.com' is called from namespace 'shop' in two ways, directly and example.org/ns/istio-egress/sa/istio-egressgateway: "
    + 'the proxies of a namespace share one registry, use one way'],
  ['two ports of a host', [{}, { port: 8443 }], "through egress gateway 'istio-egressgateway' on ports 443 and 8443: the gateway tells hosts apart by their names"],
  ['a protocol without names', [{ protocol: ServiceEntryProtocol.TCP, port: 5432 }],
    "goes through gateway 'istio-egressgateway' by TCP, which does not tell the gateway what host is meant: use TLS, HTTPS, HTTP, or leave gateway out"],
  ['two protocols of a port', [{ gateway: undefined }, { gateway: undefined, protocol: ServiceEntryProtocol.TCP }],
    "host 'api.example.com' is called from namespace 'shop' on port 443 by TLS and by TCP: a port speaks one of them"],
])('fails for %s', (_, calls, message) => {
  const { web, gateway, access } = shop();
  expect(() => calls.forEach((call) => access.allowEgress({ source: web, hosts: [HOST], gateway, ...call }))).toThrow(message);
});

test('fails for a gateway of another mesh', () => {
  const { web, access } = shop();
  expect(() => access.allowEgress({ source: web, hosts: [HOST], gateway: shop().gateway })).toThrow("gateway 'istio-egressgateway' is of another mesh");
});

describeWithSharedData('strict schemas', () => {
  test('what leads to the gateway and on passes', () => {
    const { fixture, web, api, gateway, access } = shop();
    access.allowEgress({ source: web, hosts: [HOST], gateway });
    access.allowEgress({ source: api, hosts: [HOST], protocol: ServiceEntryProtocol.HTTP, gateway });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});

describe('hosts by TCP', () => {
  const call = ({ access }: ReturnType<typeof shop>, source: EgressCall['source'], host: string) =>
    access.allowEgress({ source, hosts: [host], port: 5432, protocol: ServiceEntryProtocol.TCP });

  test('one for each port of a namespace', () => {
    const one = shop();
    call(one, one.web, 'a.example.com');
    call(one, one.api, 'a.example.com');
    call(one, one.ops, 'b.example.com');
    expect(one.fixture.rendered('ACCESS.md')).toContain('what workloads of namespace shop send to any address on port 5432 goes to the host');
  });

  test('several where proxies answer DNS, and give each an address', () => {
    const one = shop({ additionalMeshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } } });
    call(one, one.web, 'a.example.com');
    expect(() => call(one, one.web, 'b.example.com')).not.toThrow();
    expect(one.fixture.rendered('ACCESS.md')).not.toContain('any address on port 5432');
  });

  test('fails for a second one, which would be taken for the first', () => {
    const one = shop();
    call(one, one.web, 'a.example.com');
    expect(() => call(one, one.api, 'b.example.com')).toThrow("hosts 'a.example.com' and 'b.example.com' are called from namespace 'shop' on port 5432 by TCP, "
      + 'which does not tell them apart: use TLS if they speak it');
  });
});

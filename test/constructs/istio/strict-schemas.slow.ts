import { Duration } from 'cdk8s';
import { Fixture } from './fixture';
import {
  AccessPolicy, AuthorizationAction, AuthorizationPolicy, DestinationRule, Gateway, GatewayServer, IngressGateway, LoadBalancerAlgorithm,
  MeshNamespace, MutualTlsMode, PeerAuthentication, RouteDestination, ServiceEntry, ServiceEntryProtocol, ServiceEntryResolution, SpiffeId,
  StringMatch, Telemetry, VirtualService,
} from '../../../src';
import { describeWithSharedData } from '../../support/shared-data';
import { strictErrors } from '../../support/strict-schema';

/**
 * Everything that can be written, with every field.
 */
function everything(): Fixture {
  const fixture = new Fixture({ tracing: { serviceHost: 'otel.observability.svc.cluster.local', samplingPercentage: 5 } });
  const { mesh, platform } = fixture;
  const namespace = new MeshNamespace(platform, 'shop').name;
  const ingress = new IngressGateway(platform, 'ingress', { mesh });
  const [web, api] = ['web', 'api'].map((name) => mesh.enroll(fixture.deployment(name)));
  const tls = { hosts: ['shop.example.com'], credentialName: 'shop-tls' };
  const gateway = new Gateway(platform, 'gateway', {
    ingress,
    servers: [
      GatewayServer.http('plain.example.com'), GatewayServer.httpsRedirect('shop.example.com'), GatewayServer.https(tls),
      GatewayServer.mutualTls({ ...tls, hosts: ['b2b.example.com'] }),
    ],
  });
  const rule = new DestinationRule(platform, 'api', {
    namespace,
    host: 'api',
    subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    trafficPolicy: {
      loadBalancer: LoadBalancerAlgorithm.LEAST_REQUEST,
      connectionPool: {
        maxConnections: 100,
        connectTimeout: Duration.seconds(2),
        maxPendingRequests: 50,
        maxRequests: 200,
        maxRequestsPerConnection: 10,
        maxRetries: 3,
      },
      outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(90), maxEjectionPercent: 50 },
    },
  });
  new VirtualService(platform, 'api-routes', {
    namespace,
    hosts: ['shop.example.com'],
    gateways: [gateway],
    inMesh: true,
    http: [{
      name: 'first',
      matches: [{
        path: StringMatch.regex('/a.*'), method: 'GET', headers: { a: StringMatch.exact('b') }, sourceNamespace: 'a', sourceLabels: { a: 'b' },
      }],
      destinations: [RouteDestination.subset(rule.subset('v1'), { weight: 60 }), RouteDestination.host('api', { weight: 40, port: 80 })],
      timeout: Duration.seconds(1),
      retries: { attempts: 1, perTryTimeout: Duration.millis(100), retryOn: ['5xx'] },
    }],
  });
  new ServiceEntry(platform, 'vm', {
    namespace,
    hosts: ['vm.example.com'],
    ports: [{ port: 80, protocol: ServiceEntryProtocol.HTTP }],
    resolution: ServiceEntryResolution.STATIC,
    addresses: ['192.0.2.1'],
    identities: [SpiffeId.of(mesh.cluster.trustDomain, 'ns', 'vm', 'sa', 'vm')],
  });
  new AuthorizationPolicy(platform, 'deny', {
    namespace,
    workload: web,
    action: AuthorizationAction.DENY,
    rules: [{
      sources: [{
        principals: ['a/*'],
        notPrincipals: ['b/*'],
        requestPrincipals: ['https://x/*'],
        namespaces: ['a'],
        notNamespaces: ['b'],
        ipBlocks: ['10.0.0.0/8'],
        remoteIpBlocks: ['10.0.0.0/8'],
      }],
      operations: [{ hosts: ['a'], ports: [1], methods: ['GET'], notMethods: ['PUT'], paths: ['/a'], notPaths: ['/b'] }],
      conditions: [{ key: 'source.namespace', values: ['a'], notValues: ['b'] }],
    }],
  });
  new PeerAuthentication(platform, 'web', { mesh, namespace, workload: web, mode: MutualTlsMode.STRICT, portModes: { 9000: MutualTlsMode.PERMISSIVE } });
  new Telemetry(platform, 'telemetry', {
    mesh,
    namespace,
    accessLogFilter: 'response.code >= 400',
    samplingPercentage: 10,
    traceTags: { peer: '%DOWNSTREAM_PEER_URI_SAN%' },
    metricTags: { request_host: 'request.host' },
    removedMetricTags: ['request_protocol'],
  });
  new AccessPolicy(platform, 'access', { mesh }).allow({ source: ingress, destination: api, port: 8080, methods: ['GET'], paths: ['/users/{*}/orders'] });
  return fixture;
}

describeWithSharedData('strict schemas', () => {
  test('all objects of the mesh pass, with every field', () => {
    const { manifests } = everything();
    expect(strictErrors(manifests)).toEqual([]);
    expect([...new Set(manifests.map((manifest) => manifest.kind))].sort()).toEqual([
      'AuthorizationPolicy', 'ClusterSPIFFEID', 'Deployment', 'DestinationRule', 'Gateway', 'Namespace', 'PeerAuthentication', 'PodDisruptionBudget',
      'Role', 'RoleBinding', 'Service', 'ServiceAccount', 'ServiceEntry', 'Telemetry', 'VirtualService',
    ]);
  });

  test('the objects of the Sail operator pass, meshConfig included', () => {
    expect(strictErrors(everything().artifact('sail-istio.yaml'))).toEqual([]);
  });

  test('fails for a field that further fields of a user misspell', () => {
    const fixture = new Fixture();
    const rule = new DestinationRule(fixture.platform, 'api', { namespace: 'shop', host: 'api', additionalSpec: { exportsTo: ['.'] } });
    expect(strictErrors([rule.apiObject.toJson()])).toEqual([expect.stringContaining("unknown field 'exportsTo'")]);
  });
});

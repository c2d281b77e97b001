import { ApiObject, Duration } from 'cdk8s';
import {
  AccessEnforcer, AccessPolicy, Artifact, Cluster, DestinationRule, Fleet, GitOpsApp, IngressGateway, MeshNamespace, ServiceEntry,
  SpireServerProps, Spire, SpireVersion, Stage, SubsetProps, VirtualService,
} from '../src';
import { Fixture } from './constructs/istio/fixture';
import { CLUSTER, synthPlatform } from './support/synth';

// Programs that are strange: what would be a wrong file, or an error that nobody can read, is refused in words.

function shop() {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  return { fixture, web, api, platform: fixture.platform, mesh: fixture.mesh };
}

const access = ({ platform, mesh }: ReturnType<typeof shop>, enforcers?: AccessEnforcer[]) => new AccessPolicy(platform, 'access', { mesh, enforcers });
const server = (props: unknown) => synthPlatform((platform) => new Spire(platform, 'spire', { server: props as SpireServerProps }));
const enroll = (change: (manifest: any) => void) => {
  const fixture = new Fixture();
  fixture.mesh.enroll(fixture.deployment('web', change));
};
const pod = (manifest: any) => manifest.spec.template.spec;

test.each<[string, () => unknown, string]>([
  ['a gateway whose name no Service has', () => new IngressGateway(shop().platform, 'in', { mesh: shop().mesh, name: 'a.b' }),
    "ingress gateway name 'a.b' is no name of a Service: use up to 63 of a-z, 0-9 and '-', a letter first"],
  ['a gateway whose name begins with a digit', () => new IngressGateway(shop().platform, 'in', { mesh: shop().mesh, name: '1gw' }), 'is no name of a Service'],
  ['a gateway whose name is too long', () => new IngressGateway(shop().platform, 'in', { mesh: shop().mesh, name: 'a'.repeat(64) }), 'is no name of a Service'],
  ['pods that their own workload does not select', () => enroll((manifest) => { manifest.spec.selector.matchLabels = { app: 'other' }; }),
    'Deployment \'web\' selects pods by {"app":"other"}, which its own pods ({"app":"web","version":"v1"}) do not have'],
  ['a workload without containers', () => enroll((manifest) => { pod(manifest).containers = []; }), "Deployment 'web' has no containers"],
  ['a container port that is none', () => enroll((manifest) => { pod(manifest).containers[0].ports = [{ containerPort: 0 }]; }), "Deployment 'web': port 0 is no port"],
  ['an issuer with a quote', () => server({ jwtIssuer: 'https://a"b' }), "jwtIssuer 'https://a\"b' is no https URL"],
  ['an issuer with a space', () => server({ jwtIssuer: 'https://a b' }), 'is no https URL'],
  ['a lifetime that is a number', () => server({ caTtl: 3600 }), 'caTtl is 3600: give a Duration, such as Duration.hours(1)'],
  ['a port that is a text', () => server({ healthPort: '8080' }), 'healthPort "8080" is not possible: give a whole number from 1 to 65535'],
  ['a data store that is a map', () => server({ dataStore: { type: 'sqlite' } }), 'dataStore of the server of Spire is an object without what that has: give a DataStore'],
  ['an identity that is a text', () => server({ adminIds: ['spiffe://example.org/a'] }), "adminIds of the server of Spire holds 'spiffe://example.org/a': give a list of SpiffeId"],
  ['a version that is a text', () => synthPlatform((platform) => new Spire(platform, 'spire', { version: '1.15.3' as unknown as SpireVersion })),
    "version of Spire 'spire' is '1.15.3': give a SpireVersion"],
  ['readers that are texts', () => synthPlatform((platform) => new Spire(platform, 'spire', { networkPolicies: { metricsReaders: ['prometheus' as any] } })),
    "metricsReaders of networkPolicies holds 'prometheus': give a list of NetworkPeer"],
  ['a caller that is not enrolled', () => {
    const one = shop();
    access(one).allow({ source: one.fixture.deployment('other') as any, destination: one.api, port: 8080 });
  }, "source of a call of an access policy is an ApiObject 'user/other': give what mesh.enroll() returns, or a gateway"],
  ['methods that are a text', () => {
    const one = shop();
    access(one).allow({ source: one.web, destination: one.api, port: 8080, methods: 'GET' as any });
  }, "methods of a call of an access policy is 'GET': give a list of texts"],
  ['the same layer twice', () => access(shop(), [AccessEnforcer.istio(), AccessEnforcer.networkPolicy(), AccessEnforcer.networkPolicy()]),
    'has two enforcers of the layer NetworkPolicy: they would write the same objects, name one'],
  ['the end of DNS', () => access(shop(), [AccessEnforcer.networkPolicy()]).denyByDefault('kube-system'), "what denyByDefault closes is in namespace 'kube-system'"],
  ['a namespace that is none', () => access(shop()).denyByDefault('No Such'), "what denyByDefault closes has namespace 'No Such', which is no Kubernetes name"],
  ['an address as host', () => {
    const one = shop();
    access(one).allowEgress({ source: one.web, hosts: ['10.0.0.1'] });
  }, "has host '10.0.0.1', which is an address"],
  ['a Service of the cluster as host outside', () => {
    const one = shop();
    access(one).allowEgress({ source: one.web, hosts: ['api.shop.svc.cluster.local'] });
  }, "has host 'api.shop.svc.cluster.local', which is a Service of this cluster: allow the call to its workload instead"],
  ['a route to nowhere', () => new VirtualService(shop().platform, 'web', { namespace: 'shop', hosts: ['web'], http: [{} as any] }), 'has no destinations: give a list of RouteDestination'],
  ['a subset of nothing', () => new DestinationRule(shop().platform, 'web', { namespace: 'shop', host: 'web', subsets: [{} as SubsetProps] }),
    "a subset of host 'web.shop.svc.cluster.local' has no name: give a text"],
  ['a port of nothing', () => new ServiceEntry(shop().platform, 'one', { namespace: 'shop', hosts: ['a.example.com'], ports: [{} as any] }), 'port undefined is no port'],
  ['two stages in one folder', () => synthPlatform((platform) => {
    platform.chart(Stage.of({ name: 'apps', order: 80, wave: 3 }), 'web');
    platform.chart(Stage.APPS, 'web');
  }), "stage '80-apps' has wave 10 here and 3 at"],
  ['a stage that is a text', () => synthPlatform((platform) => platform.chart('apps' as any, 'web')), "stage of Platform.chart is 'apps': give a Stage"],
  ['an artifact that is no text', () => synthPlatform((platform) => new Artifact(platform, 'one', { fileName: 'a', purpose: 'b', content: { render: () => 7 as any } })),
    "text of artifact 'a' is 7: give a text"],
  ['a fleet that defines nothing', () => new Fleet(new GitOpsApp(), 'fleet', { clusters: [CLUSTER], definition: {} as any }), 'give an IPlatformDefinition'],
  ['a fleet with a cluster of another spelling', () => new Fleet(new GitOpsApp(), 'fleet', {
    clusters: ['prod', 'Prod'].map((name) => Cluster.of({ name, trustDomain: CLUSTER.trustDomain })), definition: { define: () => undefined },
  }), 'differ in upper and lower case only'],
])('fails for %s', (_, program, message) => {
  expect(program).toThrow(message);
});

test('what is said twice in a call stands once in the policy', () => {
  const one = shop();
  new MeshNamespace(one.platform, 'shop');
  access(one).allow({ source: one.web, destination: one.api, port: 8080, methods: ['GET', 'GET'], paths: ['/a', '/a'] });
  expect(one.fixture.spec('AuthorizationPolicy', 'api-allow').rules[0].to).toEqual([{ operation: { ports: ['8080'], methods: ['GET'], paths: ['/a'] } }]);
});

test('two stages of one folder and wave are one', () => {
  const own = () => Stage.of({ name: 'jobs', order: 85, wave: 11 });
  expect(synthPlatform((platform) => ['a', 'b'].forEach((name) => {
    new ApiObject(platform.chart(own(), 'jobs'), name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } });
  })).objects['prod/85-jobs/jobs.k8s.yaml']).toHaveLength(2);
});

test('a workload may call itself, and an SVID may live as long as the CA allows', () => {
  const one = shop();
  access(one).allow({ source: one.web, destination: one.web, port: 8080 });
  expect(one.fixture.spec('AuthorizationPolicy', 'web-allow').rules).toHaveLength(1);
  expect(() => server({ caTtl: Duration.hours(24), x509SvidTtl: Duration.hours(4) })).not.toThrow();
});

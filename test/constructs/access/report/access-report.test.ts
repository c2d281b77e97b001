import { ApiObject, JsonPatch } from 'cdk8s';
import {
  AccessEnforcer, AccessPolicy, AccessSource, Artifact, AuthorizationPolicy, Cluster, EgressGateway, IngressGateway, Platform, Stage, TokenIssuer,
  TrustDomain,
} from '../../../../src';
import { Fixture } from '../../istio/fixture';

function shop(...enforcers: AccessEnforcer[]) {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: enforcers.length > 0 ? enforcers : undefined });
  return { fixture, web, api, access };
}

const render = (fixture: Fixture) => fixture.platform.node.findAll().filter(Artifact.isArtifact).find((one) => one.fileName === 'ACCESS.md')!.render();
const beside = (fixture: Fixture) => /## Policies beside these\n\n((- .*\n)*)/.exec(render(fixture))![1].trimEnd().split('\n').map((line) => line.slice(2));

test('one line for each statement, with what each layer makes of it', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.istio(), AccessEnforcer.networkPolicy());
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET', 'HEAD'], paths: ['/a/*'] });
  access.deny({ source: AccessSource.namespace('shop'), destination: api, port: 8080, paths: ['/admin*'] });
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  access.allowEgress({ source: web, hosts: ['api.example.com'] });
  access.allowMetrics({ workload: web, readerNamespace: 'monitoring', readerLabels: { app: 'prometheus' } });
  expect(render(fixture)).toBe(`# Who may call whom in prod

Written with the manifests, do not edit.
No workload of the mesh takes a call that is in no line; only metrics and health are shown by its proxy to whoever reaches it.

| who | whom | port | methods | paths | hosts | Istio | NetworkPolicy |
| --- | --- | --- | --- | --- | --- | --- | --- |
| namespace shop | **denied** shop/api | 8080 | all | \`/admin*\` | all | yes | no |
| shop/web | only watched: shop/api | 8080 | all | all | all | yes | no |
| shop/web | shop/api | 8080 | \`GET\` \`HEAD\` | \`/a/*\` | all | yes | wider |

## To hosts outside of the cluster

| who | hosts | port | through | Istio | NetworkPolicy |
| --- | --- | --- | --- | --- | --- |
| shop/web | \`api.example.com\` | 443 TLS | - | wider | wider |

## Readers of metrics, whom only network layers tell from others

| who | whom | ports |
| --- | --- | --- |
| pods of monitoring with app=prometheus | shop/web | 15020, 15090 |

## Where a layer says something else

- Istio: every workload of namespace shop may call the host
  - shop/web to api.example.com:443
- NetworkPolicy: a denial is not expressed, since its policies only allow
  - namespace shop to **denied** shop/api:8080
- NetworkPolicy: all methods, paths, hosts and tokens pass
  - shop/web to shop/api:8080
- NetworkPolicy: hosts are not seen: every address is reached on port 443
  - shop/web to api.example.com:443
- NetworkPolicy: what is only watched is left out
  - shop/web to only watched: shop/api:8080

## Namespaces whose pods anybody may call

No proxy of the mesh is before all of their pods, and no NetworkPolicy selects them all.

- istio-cni
- istio-system

## Policies beside these

- AuthorizationPolicy istio-system/default-deny: allows nothing
- PeerAuthentication istio-system/default: STRICT

## Picture

The same as a matrix: [ACCESS.svg](ACCESS.svg).

\`\`\`mermaid
flowchart LR
  n0["api.example.com"]
  n1["namespace shop"]
  n2["shop/api"]
  n3["shop/web"]
  n1 --x|8080| n2
  n3 -->|443| n0
  n3 -->|8080| n2
  n3 -.->|8080| n2
\`\`\`
`);
});

test('the order of statements does not matter, and a further one is one more line in the table', () => {
  const texts = [[8080, 9090], [9090, 8080]].map((ports) => {
    const { fixture, web, api, access } = shop();
    api.ports.push(9090);
    ports.forEach((port) => access.allow({ source: web, destination: api, port }));
    return render(fixture);
  });
  expect(texts[0]).toBe(texts[1]);
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  const before = render(fixture).split('\n');
  access.allow({ source: api, destination: web, port: 8080 });
  expect(render(fixture).split('\n').filter((line) => !before.includes(line))).toEqual([
    '| shop/api | shop/web | 8080 | all | all | all | yes |', '  n0 -->|8080| n1',
  ]);
});

test('what is marked for the log is told, where it is and where not', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.istio(), AccessEnforcer.networkPolicy(), AccessEnforcer.linkerd());
  access.audit({ source: web, destination: api, port: 8080 });
  expect(render(fixture)).toContain('\n| shop/web | marked: shop/api | 8080 | all | all | all | yes | no | no |\n');
  expect(render(fixture)).toContain('\n- NetworkPolicy: requests are not seen, and not logged\n  - shop/web to marked: shop/api:8080\n');
  expect(render(fixture)).toContain('\n  n1 --o|8080| n0\n');
});

test('who may call the API server is told', () => {
  const { fixture, web, access } = shop();
  access.allowApiServer(web);
  expect(render(fixture)).toContain('## To the API server\n\n- shop/web\n');
});

test('the open ports of gateways are told, not those of one that leads out', () => {
  const { fixture, web, access } = shop();
  new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  const gateway = new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  access.allowEgress({ source: web, hosts: ['api.example.com'], gateway });
  expect(render(fixture)).toContain(`## From outside of the cluster

| who | whom | ports |
| --- | --- | --- |
| anybody outside | istio-ingress/istio-ingressgateway | 80, 443 |

`);
  expect(render(fixture)).toContain('\n| shop/web | `api.example.com` | 443 TLS | istio-egress/istio-egressgateway | yes |\n');
});

test('policies that others wrote are told, those of a second access policy are not', () => {
  const { fixture, web, api, access } = shop();
  new AuthorizationPolicy(fixture.platform, 'by-hand', { namespace: 'shop', rules: [{ operations: [{ paths: ['/open'] }] }] });
  const second = new AccessPolicy(fixture.platform, 'second', { mesh: fixture.mesh });
  access.allow({ source: web, destination: api, port: 8080 });
  second.allow({ source: api, destination: web, port: 8080 });
  expect(beside(fixture)).toEqual([
    'AuthorizationPolicy istio-system/default-deny: allows nothing', 'AuthorizationPolicy shop/by-hand: allows **anybody**, paths `/open`',
    'PeerAuthentication istio-system/default: STRICT',
  ]);
});

test('manifests of others are told wherever they are, apart from those of another cluster', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.istio(), AccessEnforcer.networkPolicy());
  access.allow({ source: web, destination: api, port: 8080 });
  access.allowEgress({ source: web, hosts: ['api.example.com'] });
  const before = beside(fixture);
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open', namespace: 'shop' }, spec: { podSelector: {}, ingress: [{}] } };
  new ApiObject(fixture.user, 'open', policy);
  new ApiObject(fixture.platform.chart(Stage.APPS, 'by-hand'), 'out', {
    apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'out', namespace: 'shop' }, spec: { hosts: ['other.example.com'], ports: [{ number: 443 }] },
  });
  new ApiObject(fixture.user, 'filter', {
    apiVersion: 'networking.istio.io/v1alpha3', kind: 'EnvoyFilter', metadata: { name: 'no-rbac', namespace: 'shop' }, spec: { configPatches: [{ applyTo: 'HTTP_FILTER' }] },
  });
  const other = new Platform(fixture.app, 'other', { cluster: Cluster.of({ name: 'other', trustDomain: TrustDomain.of('other.test') }) });
  new ApiObject(other.chart(Stage.APPS, 'by-hand'), 'open', policy);
  expect(beside(fixture).filter((line) => !before.includes(line))).toEqual([
    'EnvoyFilter shop/no-rbac: changes HTTP_FILTER of proxies, in ways not read here',
    'NetworkPolicy shop/open: every pod takes **every port** from **anybody**',
    'ServiceEntry shop/out: known to **every namespace**: `other.example.com` on ports 443',
  ]);
});

test('a policy that a patch has changed is told as it is', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  expect(render(fixture)).not.toContain('Changed by patches');
  access.objects[0].addJsonPatch(JsonPatch.replace('/spec/rules', [{}]));
  expect(render(fixture)).toContain(`## Changed by patches, so that they say this instead of the lines above

- AuthorizationPolicy shop/api-allow: allows **anybody**, everything at app=api
`);
});

test('so is one that is taken out of force; labels change nothing', () => {
  const { fixture, web, api, access } = shop();
  access.deny({ source: web, destination: api, port: 8080 });
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  access.objects.forEach((object) => object.metadata.addLabel('team', 'shop'));
  expect(render(fixture)).not.toContain('Changed by patches');
  access.objects[0].metadata.addAnnotation('istio.io/dry-run', 'true');
  expect(render(fixture)).toContain('\n- AuthorizationPolicy shop/api-deny: denies principals `example.org/ns/shop/sa/web`, ports `8080` at app=api (dry-run)\n');
});

test('what it takes to look at a token is told', () => {
  const { fixture, web, api, access } = shop();
  const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });
  access.allow({ source: AccessSource.token({ issuer, through: web }), destination: api, port: 8080, auditOnly: true });
  expect(render(fixture)).toContain('\n- Istio: each request to shop/api with a token that is not of its issuers, or does not verify, gets 401, whoever sends it\n');
});

test('without statements there is no picture', () => {
  expect(render(shop().fixture)).toBe(`# Who may call whom in prod

Written with the manifests, do not edit.
No workload of the mesh takes a call that is in no line; only metrics and health are shown by its proxy to whoever reaches it.

## Namespaces whose pods anybody may call

No proxy of the mesh is before all of their pods, and no NetworkPolicy selects them all.

- istio-cni
- istio-system

## Policies beside these

- AuthorizationPolicy istio-system/default-deny: allows nothing
- PeerAuthentication istio-system/default: STRICT
`);
});

test('objects can be patched', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  access.objects.forEach((object: ApiObject) => object.metadata.addLabel('team', 'shop'));
  expect(fixture.manifests.find((one) => one.metadata.name === 'api-allow').metadata.labels.team).toBe('shop');
});

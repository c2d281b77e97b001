import { ApiObject, JsonPatch } from 'cdk8s';
import { AccessEnforcer, AccessPolicy, AccessSource, AllowedCall, Artifact, IngressGateway, MeshWorkload, SpiffeId, Stage, TrustDomain, WorkloadIdentity } from '../../../src';
import { Fixture } from '../istio/fixture';

function shop() {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const reviews = fixture.mesh.enroll(fixture.deployment('reviews', (one) => one.metadata.namespace = 'backend'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh });
  return { fixture, web, reviews, api, access };
}

const policies = (fixture: Fixture) => fixture.manifests
  .filter((manifest) => manifest.kind === 'AuthorizationPolicy' && manifest.metadata.namespace !== 'istio-system')
  .map((manifest) => [`${manifest.metadata.namespace}/${manifest.metadata.name}`, manifest.spec]);

test('one policy for each called workload, in its namespace', () => {
  const { fixture, web, reviews, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  access.allow({ source: web, destination: reviews, port: 8080, methods: ['GET'], paths: ['/reviews/*'] });
  expect(policies(fixture)).toEqual([
    ['shop/api-allow', {
      selector: { matchLabels: { app: 'api' } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: ['example.org/ns/shop/sa/web'] } }], to: [{ operation: { ports: ['8080'] } }] }],
    }],
    ['backend/reviews-allow', {
      selector: { matchLabels: { app: 'reviews' } },
      action: 'ALLOW',
      rules: [{
        from: [{ source: { principals: ['example.org/ns/shop/sa/web'] } }],
        to: [{ operation: { ports: ['8080'], methods: ['GET'], paths: ['/reviews/*'] } }],
      }],
    }],
  ]);
});

test('a second call of a workload is a second rule of its policy', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  access.allow({ source: web, destination: api, port: 8080, methods: ['POST'], paths: ['/orders'] });
  const [[name, spec], ...others] = policies(fixture);
  expect([name, others, spec.rules.map((rule: any) => rule.to[0].operation)]).toEqual(['shop/api-allow', [], [
    { ports: ['8080'], methods: ['GET'] },
    { ports: ['8080'], methods: ['POST'], paths: ['/orders'] },
  ]]);
});

test('a gateway may call', () => {
  const { fixture, web, access } = shop();
  const gateway = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  access.allow({ source: gateway, destination: web, port: 8080 });
  const [name, spec] = policies(fixture).at(-1)!;
  expect([name, spec.rules[0].from]).toEqual([
    'shop/web-allow', [{ source: { principals: ['example.org/ns/istio-ingress/sa/istio-ingressgateway'] } }],
  ]);
});

test('a workload that declares no ports takes any', () => {
  const { fixture, web, access } = shop();
  const silent = fixture.mesh.enroll(fixture.deployment('silent', (one) => delete one.spec.template.spec.containers[0].ports));
  expect(() => access.allow({ source: web, destination: silent, port: 9999 })).not.toThrow();
});

test.each<[string, Partial<AllowedCall>, string]>([
  ['a port that the workload does not have', { port: 80 },
    "access from 'example.org/ns/shop/sa/web' to 'shop/api' names port 80, which 'shop/api' does not have: use a port of its containers (8080), not of its Service"],
  ['a lower-case method', { methods: ['get'] }, "has method 'get', which matches no request: methods are upper case, use 'GET'"],
  ['a path without slash', { paths: ['reviews'] }, "has path 'reviews', which matches no request: paths begin with '/', use '/reviews'"],
  ['an empty list of methods', { methods: [] }, "'methods' is an empty list, which Istio reads as no limit"],
  ['a method with a star', { methods: ['P*'] }, "has method 'P*', which matches no request: methods are upper case, name each one, or leave methods out for all"],
  ['an empty list of hosts', { hosts: [] }, "'hosts' is an empty list, which Istio reads as no limit"],
  ['a host with its port', { hosts: ['api:8080'] }, "has host 'api:8080', which is no DNS name: use lower case, without scheme, port and '*'"],
  ['a misspelt limit', { path: ['/a'] } as any, "has 'path', which says nothing: use source, destination, port, methods, paths, hosts, auditOnly"],
  ['a trial that is a text', { auditOnly: 'false' } as any, 'has auditOnly "false": use true or false'],
  ['an empty list of paths', { paths: [] }, "'paths' is an empty list, which Istio reads as no limit"],
])('fails for %s, and writes nothing', (_, call, message) => {
  const { fixture, web, api, access } = shop();
  expect(() => access.allow({ source: web, destination: api, port: 8080, ...call })).toThrow(message);
  expect(policies(fixture)).toEqual([]);
});

test('fails for workloads that are not enrolled in the mesh', () => {
  const { web, api, access } = shop();
  const identity = WorkloadIdentity.of({ trustDomain: TrustDomain.of('example.org'), namespace: 'shop', serviceAccount: 'invented' });
  const invented = new MeshWorkload({ identity, name: 'invented', podLabels: {}, matchLabels: {}, ports: [8080] });
  expect(() => access.allow({ source: invented, destination: api, port: 8080 })).toThrow('the caller is not enrolled in this mesh');
  expect(() => access.allow({ source: web, destination: invented, port: 8080 })).toThrow('the called workload is not enrolled in this mesh');
});

test('fails for a workload of another mesh', () => {
  const { api, access } = shop();
  const other = new Fixture();
  const foreign = other.mesh.enroll(other.deployment('foreign'));
  expect(() => access.allow({ source: foreign, destination: api, port: 8080 })).toThrow('the caller is not enrolled in this mesh, so it has no such identity');
});

test('fails for a workload whose labels are everybody', () => {
  const { web, access } = shop();
  const forged = new MeshWorkload({ identity: web.identity, name: 'web', podLabels: {}, matchLabels: {}, ports: [8080] });
  expect(() => access.allow({ source: web, destination: forged, port: 8080 })).toThrow('the called workload is not enrolled in this mesh');
});

test('fails for a denial of a whole path, which a slash at its end would get around', () => {
  const { web, api, access } = shop();
  expect(() => access.deny({ source: web, destination: api, port: 8080, paths: ['/admin'] }))
    .toThrow("is denied for path '/admin', which '/admin/' would get around: deny a beginning, such as '/admin*'");
});

test('a partner may call, whose cluster is not ours: the called workload gets its bundle', () => {
  const fixture = new Fixture();
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const trustDomain = TrustDomain.of('partner.test');
  fixture.mesh.acceptTrustDomain(trustDomain);
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, federatedTrustDomains: [trustDomain] });
  const partner = SpiffeId.parse('spiffe://partner.test/ns/sales/sa/orders');
  access.allow({ source: AccessSource.identity(partner), destination: api, port: 8080, methods: ['POST'] });
  expect(policies(fixture)[0][1].rules[0].from).toEqual([{ source: { principals: ['partner.test/ns/sales/sa/orders'] } }]);
  expect(fixture.manifests.find((one) => one.kind === 'ClusterSPIFFEID' && one.spec.federatesWith).spec).toMatchObject({ federatesWith: ['partner.test'] });
  expect(access.decides({ spiffeId: partner, destination: api, port: 8080, method: 'POST' }).allowed).toBe(true);
  expect(fixture.mesh.node.validate().filter((error) => error.includes('partner.test'))).toEqual([]);
});

test('fails for a caller of a federated mesh that is enrolled after it was named by its SPIFFE ID', () => {
  const [here, there] = [new Fixture(), new Fixture({ trustDomain: 'other.test' })];
  const destination = here.mesh.enroll(here.deployment('api'));
  const { trustDomain } = there.mesh.cluster;
  const access = new AccessPolicy(here.platform, 'access', { mesh: here.mesh, federatedMeshes: [there.mesh], federatedTrustDomains: [trustDomain] });
  access.allow({ source: AccessSource.identity(SpiffeId.parse('spiffe://other.test/ns/shop/sa/web')), destination, port: 8080 });
  const errors = () => access.node.validate().filter((error) => error.includes('by reference'));
  expect(errors()).toEqual([]);
  there.mesh.enroll(there.deployment('web'));
  expect(errors()).toEqual([expect.stringContaining("that is 'shop/web' of cluster 'prod'")]);
});

test('fails for callers of a federated mesh that are not named by reference: their side would not federate', () => {
  const [here, there] = [new Fixture(), new Fixture({ trustDomain: 'other.test' })];
  const api = here.mesh.enroll(here.deployment('api'));
  const web = there.mesh.enroll(there.deployment('web'));
  const { trustDomain } = there.mesh.cluster;
  const access = new AccessPolicy(here.platform, 'access', { mesh: here.mesh, federatedMeshes: [there.mesh], federatedTrustDomains: [trustDomain] });
  const call = { destination: api, port: 8080 };
  const everybody = AccessSource.trustDomain(trustDomain);
  expect(() => access.allow({ ...call, source: everybody })).toThrow("access from 'trust domain other.test' to 'shop/api': that is everybody in the mesh of cluster "
    + "'prod', and only callers that are named by reference federate with this one: allow each of its workloads, those enrolled so far are in the mesh's 'workloads'");
  expect(() => access.allow({ ...call, source: AccessSource.identity(web.identity.spiffeId) }))
    .toThrow("that is 'shop/web' of cluster 'prod', and only callers that are named by reference federate with this one: pass the workload itself");
  access.deny({ ...call, source: everybody, paths: ['/admin*'] });
  access.allow({ ...call, source: AccessSource.identity(SpiffeId.of(trustDomain, 'ci')) });
  there.mesh.workloads.forEach((source) => access.allow({ ...call, source }));
  expect(access.decides({ ...call, source: web, method: 'GET', path: '/' }).allowed).toBe(true);
});

test('everybody of a partner may call, but for whom a denial names: the called workload gets its bundle', () => {
  const fixture = new Fixture();
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const trustDomain = TrustDomain.of('partner.test');
  fixture.mesh.acceptTrustDomain(trustDomain);
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, federatedTrustDomains: [trustDomain] });
  const test = SpiffeId.of(trustDomain, 'test');
  access.allow({ source: AccessSource.trustDomain(trustDomain), destination: api, port: 8080 });
  access.deny({ source: AccessSource.identity(test), destination: api, port: 8080 });
  expect(policies(fixture).map(([name, spec]) => [name, spec.rules[0].from])).toEqual([
    ['shop/api-allow', [{ source: { principals: ['partner.test/*'] } }]],
    ['shop/api-deny', [{ source: { principals: ['partner.test/test'] } }]],
  ]);
  expect(fixture.manifests.find((one) => one.kind === 'ClusterSPIFFEID' && one.spec.federatesWith).spec).toMatchObject({ federatesWith: ['partner.test'] });
  const passes = (uri: string) => access.decides({ spiffeId: SpiffeId.parse(uri), destination: api, port: 8080 }).allowed;
  expect(['spiffe://partner.test/ns/a/sa/b', 'spiffe://partner.test/x', test.uri].map(passes)).toEqual([true, true, false]);
  expect(['partner.test.evil.example', 'xpartner.test', 'sub.partner.test', 'example.org'].map((name) => passes(`spiffe://${name}/x`)))
    .toEqual([false, false, false, false]);
});

test('everybody of a partner may be denied what some of them are allowed', () => {
  const fixture = new Fixture();
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const trustDomain = TrustDomain.of('partner.test');
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, federatedTrustDomains: [trustDomain] });
  const call = { destination: api, port: 8080 };
  const billing = SpiffeId.of(trustDomain, 'billing');
  access.allow({ ...call, source: AccessSource.identity(billing) });
  access.deny({ ...call, source: AccessSource.trustDomain(trustDomain), paths: ['/admin*'] });
  const passes = (path: string) => access.decides({ ...call, spiffeId: billing, method: 'GET', path }).allowed;
  expect([passes('/orders'), passes('/admin/x')]).toEqual([true, false]);
  expect(policies(fixture).at(-1)![1].rules).toEqual([
    { from: [{ source: { principals: ['partner.test/*'] } }], to: [{ operation: { ports: ['8080'], paths: ['/admin*'] } }] },
  ]);
});

test('who is only denied or marked gets no further than TLS: the called workload needs no bundle', () => {
  const fixture = new Fixture();
  const destination = fixture.mesh.enroll(fixture.deployment('api'));
  const trustDomain = TrustDomain.of('partner.test');
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, federatedTrustDomains: [trustDomain] });
  const call = { source: AccessSource.trustDomain(trustDomain), destination, port: 8080 };
  access.deny(call);
  access.audit(call);
  expect(fixture.manifests.filter((one) => one.kind === 'ClusterSPIFFEID' && one.spec.federatesWith)).toEqual([]);
});

test.each([
  ['an identity', AccessSource.identity(SpiffeId.parse('spiffe://other.test/ci'))], ['all', AccessSource.trustDomain(TrustDomain.of('other.test'))],
])('fails for %s of a trust domain that is not named, and writes nothing', (_, source) => {
  const { fixture, api, access } = shop();
  expect(() => access.allow({ source, destination: api, port: 8080 })).toThrow("the caller is of trust domain 'other.test', and this mesh of 'example.org'");
  expect(policies(fixture)).toEqual([]);
});

test('fails for all of the own trust domain', () => {
  const { fixture, api, access } = shop();
  const source = AccessSource.trustDomain(fixture.mesh.cluster.trustDomain);
  expect(() => access.allow({ source, destination: api, port: 8080 })).toThrow("access from 'trust domain example.org' to 'shop/api': that is the own trust domain, "
    + 'of everybody in the mesh: name workloads, or namespaces by AccessSource.namespace');
});

test('fails at the synthesis for an object that is too large for its copy in an annotation', () => {
  const { web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  access.objects[0].addJsonPatch(JsonPatch.add('/spec/note', 'x'.repeat(256 * 1024)));
  expect(access.node.validate()).toEqual([expect.stringMatching(/^AuthorizationPolicy 'api-allow' in namespace 'shop' would have \d+ bytes, of 262144 that fit into /)]);
});

test('fails for metrics and hosts of workloads that are not enrolled', () => {
  const { api, access } = shop();
  const forged = new MeshWorkload({ identity: api.identity, name: 'api', podLabels: {}, matchLabels: {}, ports: [] });
  expect(() => access.allowEgress({ source: forged, hosts: ['api.example.com'] })).toThrow('is not enrolled in this mesh');
  expect(() => access.allowMetrics({ workload: forged, readerNamespace: 'monitoring' })).toThrow('is not enrolled in this mesh');
  expect(() => access.allowEgress({ source: api, hosts: ['*.example.com'] })).toThrow("has host '*.example.com', which is no full DNS name");
  expect(() => access.allowEgress({ source: api, hosts: ['web.shop.svc'] })).toThrow("has host 'web.shop.svc', which is a Service of this cluster");
  expect(() => access.allowEgress({ source: api, hosts: ['a.example.com'], ports: [80] } as any)).toThrow("has 'ports', which says nothing: use source, hosts, port");
  expect(() => access.allowMetrics({ workload: api, readerNamespace: 'monitoring', readerlabels: {} } as any)).toThrow("has 'readerlabels', which says nothing");
});

test('fails for readers of metrics in what is no namespace', () => {
  const { api, access } = shop();
  expect(() => access.allowMetrics({ workload: api, readerNamespace: 'My Monitoring' }))
    .toThrow("metrics of 'shop/api' are read from namespace 'My Monitoring', which is no name of one: use up to 63 of a-z");
});

test('fails for labels of readers that no pod has', () => {
  const { api, access } = shop();
  expect(() => access.allowMetrics({ workload: api, readerNamespace: 'monitoring', readerLabels: { 'a b': 'c' } }))
    .toThrow("readerLabels of metrics of 'shop/api' has the key 'a b', which no label can have");
});

test('fails without enforcers', () => {
  const { mesh, platform } = new Fixture();
  expect(() => new AccessPolicy(platform, 'access', { mesh, enforcers: [] })).toThrow('has an empty list of enforcers: nothing would enforce it');
});

test('fails at the synthesis for a namespace where nobody is enrolled', () => {
  const { api, access } = shop();
  access.allow({ source: AccessSource.namespace('shpo'), destination: api, port: 8080 });
  expect(access.node.validate()).toEqual([
    "access from 'namespace shpo' to 'shop/api' would match nobody: no workload of namespace 'shpo' is enrolled in the mesh, enroll one or correct the name",
  ]);
});

test.each([
  [{ 'traffic.sidecar.istio.io/excludeInboundPorts': '9000, 8080' }, 'excludeInboundPorts'],
  [{ 'traffic.sidecar.istio.io/includeInboundPorts': '9000' }, 'includeInboundPorts'],
  [{ 'traffic.sidecar.istio.io/includeInboundPorts': '' }, 'includeInboundPorts'],
  [{ 'traffic.sidecar.istio.io/excludeInboundPorts': '9000' }, undefined],
  [{ 'traffic.sidecar.istio.io/includeInboundPorts': '*' }, undefined],
  [{ 'traffic.sidecar.istio.io/includeInboundPorts': '9000,8080' }, undefined],
])('a port that %j keeps from the proxy is refused where the proxy enforces: %s', (annotations, refused) => {
  const one = new Fixture();
  const [web, api] = [one.mesh.enroll(one.deployment('web')), one.mesh.enroll(one.deployment('api', (manifest) => manifest.spec.template.metadata.annotations = annotations))];
  const errors = (id: string, enforcer: AccessEnforcer) => {
    const access = new AccessPolicy(one.platform, id, { mesh: one.mesh, enforcers: [enforcer] });
    access.allow({ source: web, destination: api, port: 8080 });
    return access.node.validate();
  };
  expect(errors('proxies', AccessEnforcer.istio())).toEqual(refused ? [
    `access from 'shop/web' to 'shop/api' would not be enforced: the annotation 'traffic.sidecar.istio.io/${refused}' of its pods keeps port 8080 `
      + 'from their proxy, let the port through it, or leave the statement out',
  ] : []);
  expect(errors('network', AccessEnforcer.networkPolicy())).toEqual([]);
});

test.each([
  ['tcp-api', undefined, true], ['https', undefined, true], ['http', undefined, false], ['api', undefined, false], ['http', 'tcp', true], ['tcp', 'http', false],
])('a Service port named %s with appProtocol %s is refused for methods: %s', (name, appProtocol, refused) => {
  const { fixture, web, api, access } = shop();
  new ApiObject(fixture.platform.chart(Stage.APPS, 'api'), 'service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { selector: { app: 'api' }, ports: [{ name, appProtocol, port: 80, targetPort: 8080 }] },
  });
  access.allow({ source: web, destination: api, port: 8080 });
  expect(access.node.validate()).toEqual([]);
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(access.node.validate().filter((error) => error.includes('says that port 8080 is no HTTP')).length).toBe(refused ? 1 : 0);
});

test.each([
  ['by the name of a port', 'pg', 'platform'], ['by its number', 5432, 'platform'], ['in a chart beside the platform', 5432, 'user'],
] as const)('fails for limits of HTTP where the Service leads to something else, %s', (_, targetPort, where) => {
  const { fixture, web, access } = shop();
  const db = fixture.mesh.enroll(fixture.deployment('db', (one) => one.spec.template.spec.containers[0].ports = [{ name: 'pg', containerPort: 5432 }]));
  new ApiObject(where === 'user' ? fixture.user : fixture.platform.chart(Stage.APPS, 'db'), 'service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'shop' }, spec: { selector: { app: 'db' }, ports: [{ name: 'tcp-pg', port: 5432, targetPort }] },
  });
  access.allow({ source: web, destination: db, port: 5432, methods: ['GET'] });
  access.deny({ source: web, destination: db, port: 5432, methods: ['PUT'] });
  const says = "access from 'shop/web' to 'shop/db' names methods, paths, hosts or a token, but the Service says that port 5432 is no HTTP ('tcp-pg')";
  expect(access.node.validate()).toEqual([
    `${says}: name the port 'http' or leave them out`, `${says}, so that all of it would be denied: name the port 'http' or leave them out`,
  ]);
});

/**
 * How much is written for five statements about each workload: objects, and characters of objects and files.
 */
function written(size: number, layers: string[]): { readonly objects: number; readonly called: number; readonly characters: number } {
  const fixture = new Fixture();
  // names of one length, so that sizes can be compared
  const names = Array.from({ length: size }, (_, index) => `w${1000 + index}`);
  const workloads = names.map((name) => {
    new ApiObject(fixture.user, `service-${name}`, {
      apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: name }, ports: [{ name: 'http', port: 8080 }] },
    });
    return fixture.mesh.enroll(fixture.deployment(name));
  });
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: layers.map((layer) => AccessEnforcer[layer as 'istio']()) });
  for (let index = 0; index < size * 5; index++) {
    const call = { source: workloads[index % size], destination: workloads[(index * 7 + 1) % size] };
    access.allow({ ...call, port: 8080, methods: ['GET'], paths: [`/${10_000 + index}/*`] });
  }
  expect(access.node.validate()).toEqual([]);
  const texts = [
    ...access.objects.map((object) => JSON.stringify(object.toJson())),
    ...fixture.platform.node.findAll().filter(Artifact.isArtifact).map((artifact) => artifact.render()),
  ];
  const called = access.objects.filter(({ kind, name }) => kind === 'AuthorizationPolicy' && name.endsWith('-allow')).length;
  return { objects: access.objects.length, called, characters: texts.join('').length };
}

test.each([
  [['istio', 'networkPolicy', 'opa']], [['istio', 'cilium', 'envoyRbac']], [['waypoint', 'linkerd']], [['ztunnel']],
])('what %j write for 300 workloads with 1,500 statements is three times that for 100 with 500', (layers) => {
  const [few, many] = [written(100, layers), written(300, layers)];
  expect([few.called, many.called]).toEqual([100, 300]);
  expect(many.objects).toBeLessThanOrEqual(few.objects * 3);
  expect(many.characters).toBeLessThanOrEqual(few.characters * 3.1);
});

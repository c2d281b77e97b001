import { AccessPolicy, AccessSource, Artifact, EgressGateway, IngressGateway } from '../../../../src';
import { Fixture } from '../../istio/fixture';

function shop() {
  const fixture = new Fixture();
  const [web, api, db] = ['web', 'api', 'db'].map((name) => fixture.mesh.enroll(fixture.deployment(name)));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh });
  return { fixture, web, api, db, access };
}

const draw = (fixture: Fixture) => fixture.platform.node.findAll().filter(Artifact.isArtifact).find((one) => one.fileName === 'ACCESS.svg')!.render();
const cells = (fixture: Fixture) => draw(fixture).split('\n').filter((line) => line.startsWith('<g>')).map((line) => [
  ...[...line.matchAll(/class="(\w+)"/g)].map(([, look]) => look), /<title>(.*?)<\/title>/.exec(line)![1], />([^<]+)<\/text>/.exec(line)![1],
]);

test('one place for each pair: its ports, how much of them, and what else is said', () => {
  const { fixture, web, api, db, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'], paths: ['/a/*'] });
  access.deny({ source: web, destination: api, port: 8080, paths: ['/a/b*'] });
  access.allow({ source: api, destination: db, port: 8080 });
  access.allow({ source: web, destination: db, port: 8080, auditOnly: true });
  access.audit({ source: AccessSource.namespace('shop'), destination: db, port: 8080 });
  expect(cells(fixture)).toEqual([
    ['marked', 'audit 8080', '8080'],
    ['whole', 'allow 8080', '8080'],
    ['part', 'denied', 'allow 8080 GET /a/*&#10;deny 8080 /a/b*', '8080'],
    ['watched', 'only watched: allow 8080', '8080'],
  ]);
});

test('gateways and hosts outside are in it', () => {
  const { fixture, web, api, access } = shop();
  const ingress = new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  const gateway = new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  access.allow({ source: ingress, destination: web, port: 8080 });
  access.allowEgress({ source: web, hosts: ['a.example.com'], gateway });
  access.allowEgress({ source: api, hosts: ['b.example.com'] });
  expect(cells(fixture)).toEqual([
    ['whole', 'from outside the cluster: 443&#10;from outside the cluster: 80', '80 443'],
    ['whole', 'allow 8080', '8080'],
    ['whole', '443 TLS', '443'],
    ['whole', '443 TLS through istio-egress/istio-egressgateway', '443'],
  ]);
});

test('a further call between those that are shown is one changed line', () => {
  const { fixture, web, api, db, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  access.allow({ source: api, destination: db, port: 8080 });
  const before = draw(fixture).split('\n');
  access.allow({ source: web, destination: db, port: 8080 });
  const after = draw(fixture).split('\n');
  expect([after.filter((line) => !before.includes(line)).length, before.filter((line) => !after.includes(line)).length]).toEqual([1, 0]);
});

test('nothing at all is a picture, too', () => {
  const { fixture } = shop();
  expect(cells(fixture)).toEqual([]);
  expect(draw(fixture)).toMatch(/^<svg xmlns="[^"]+" width="\d+" height="\d+" viewBox="0 0 \d+ \d+">\n[^]*<\/svg>\n$/);
});

import { AccessEnforcer, AccessPolicy, Artifact, OpaEnforcerProps, OpaPolicyConfigMap } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

const POLICY = OpaPolicyConfigMap.of({ name: 'opa-access', namespace: 'opa' });

function shop(props: OpaEnforcerProps = {}) {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [AccessEnforcer.opa(props)] });
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'], paths: ['/a/*', '/u/{*}'], hosts: ['api'] });
  return { fixture, web, api, access };
}

function artifact(fixture: Fixture, name: string): string {
  return fixture.platform.node.findAll().filter(Artifact.isArtifact).find((one) => one.fileName === name)!.render();
}

test('statements are data, by called workload and port', () => {
  const { fixture } = shop();
  expect(JSON.parse(artifact(fixture, 'access-data.json'))).toEqual({
    spiffe_access: {
      'spiffe://example.org/ns/shop/sa/api': {
        8080: [{
          id: 0,
          action: 'allow',
          caller: { exact: 'spiffe://example.org/ns/shop/sa/web' },
          http_only: true,
          methods: ['GET'],
          paths: [{ prefix: '/a/' }, { regex: "^/u/[A-Za-z0-9._~%!$&'()+,;:@=*-]+$" }],
          hosts: ['api'],
        }],
      },
    },
  });
});

test('each statement has a test, and one for somebody else', () => {
  const { fixture } = shop();
  const text = artifact(fixture, 'access_test.rego');
  expect(text.match(/^test_\w+ if \{\n\t(not )?authz\.allow/gm)).toEqual(['test_statement_0 if {\n\tauthz.allow', 'test_statement_0_by_nobody if {\n\tnot authz.allow']);
});

test('a ConfigMap holds policy and statements', () => {
  const { fixture } = shop({ policy: POLICY });
  const { data } = fixture.manifests.find((one) => one.kind === 'ConfigMap' && one.metadata.name === 'opa-access');
  expect(data).toEqual({ 'access.rego': artifact(fixture, 'access.rego'), 'access-data.json': artifact(fixture, 'access-data.json') });
});

test('fails for more statements than a ConfigMap holds', () => {
  const { fixture, web, api, access } = shop({ policy: POLICY });
  const paths = Array.from({ length: 9000 }, (_, index) => `/${'x'.repeat(100)}${index}`);
  access.allow({ source: web, destination: api, port: 8080, paths });
  expect(access.node.validate().concat(fixture.platform.node.findAll().flatMap((one) => one.node.validate())).join())
    .toContain("ConfigMap 'opa-access' would have");
});

describeWithSharedData('strict schemas', () => {
  test('the ConfigMap passes', () => {
    expect(strictErrors(shop({ policy: POLICY }).fixture.manifests)).toEqual([]);
  });
});

import {
  AccessAction, AccessEnforcer, AccessPolicy, AccessSource, Artifact, ExternalAuthorization, GitOpsApp, OpaEnforcerProps, OpaPolicyConfigMap,
  TokenIssuer,
} from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { EnvoyFixture } from '../../envoy/fixture';
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

const GRPC = { service: 'opa.opa.svc.cluster.local', port: 9191, timeout: '0.5s' };
const ISSUER = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });

/**
 * A mesh whose proxies may ask a provider.
 */
function asked(provider: any = { envoyExtAuthzGrpc: GRPC }, ...others: AccessEnforcer[]) {
  const fixture = new Fixture({ additionalMeshConfig: { extensionProviders: [{ name: 'opa', ...provider }] } });
  const [web, api] = ['web', 'api'].map((name) => fixture.mesh.enroll(fixture.deployment(name, (one) => {
    one.spec.template.spec.containers[0].ports.push({ containerPort: 9090 });
  })));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [AccessEnforcer.opa({ provider: 'opa' }), ...others] });
  return { fixture, web, api, access };
}

/**
 * What ACCESS.md says of the only statement.
 */
const verdict = (text: string) => /^\| \S+ \| .* \| (\w+) \|$/m.exec(text.replace(/[^]*--- \|\n/, ''))![1];

describe('in an IstioMesh', () => {
  test('proxies of called workloads ask the provider about the ports of statements', () => {
    const { fixture, web, api, access } = asked();
    [9090, 8080, 9090].forEach((port) => access.allow({ source: web, destination: api, port }));
    expect(fixture.spec('AuthorizationPolicy', 'api-custom')).toEqual({
      selector: { matchLabels: { app: 'api' } }, action: 'CUSTOM', provider: { name: 'opa' }, rules: [{ to: [{ operation: { ports: ['8080', '9090'] } }] }],
    });
    expect(access.objects.map(({ name }) => name)).toEqual(['api-custom']);
    expect(access.node.validate()).toEqual([]);
    expect(verdict(fixture.rendered('ACCESS.md'))).toBe('yes');
  });

  test('what is only marked or tried has nobody asked, and the report says so', () => {
    const { fixture, web, api, access } = asked();
    access.audit({ source: web, destination: api, port: 8080 });
    access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
    expect(access.objects).toEqual([]);
    expect(fixture.rendered('ACCESS.md')).toContain('- OPA: it is not asked about a port that no statement in force names\n'
      + '  - shop/web to marked: shop/api:8080\n  - shop/web to only watched: shop/api:8080\n');
  });

  test('tokens are not seen: who hands them on is allowed, and denials by token are left out', () => {
    const { fixture, web, api, access } = asked();
    const source = AccessSource.token({ issuer: ISSUER, through: web });
    access.allow({ source, destination: api, port: 8080, paths: ['/a'] });
    access.deny({ source, destination: api, port: 8080, paths: ['/b*'] });
    expect(JSON.parse(artifact(fixture, 'access-data.json')).spiffe_access['spiffe://example.org/ns/shop/sa/api']).toEqual({
      8080: [{ id: 0, action: AccessAction.ALLOW, caller: { exact: 'spiffe://example.org/ns/shop/sa/web' }, http_only: true, paths: [{ exact: '/a' }] }],
    });
    const report = fixture.rendered('ACCESS.md');
    expect(report).toMatch(/\| shop\/api \| 8080 \| all \| `\/a` \| all \| wider \|\n/);
    expect(report).toMatch(/\| \*\*denied\*\* shop\/api \| 8080 \| all \| `\/b\*` \| all \| no \|\n/);
  });

  test('without a provider no proxy asks, and the report says so', () => {
    const report = shop().fixture.rendered('ACCESS.md');
    expect(verdict(report)).toBe('no');
    expect(report).toContain('- OPA: no proxy of the mesh asks it, since its enforcer has no provider\n');
  });

  test('ambient workloads have nobody who asks', () => {
    const { fixture, web, api, access } = asked(undefined, AccessEnforcer.ztunnel());
    access.allow({ source: web, destination: api, port: 8080 });
    expect(fixture.rendered('ACCESS.md')).toContain('- OPA: ztunnel asks nobody, and a waypoint does not tell who calls\n');
  });

  test.each([
    ['a provider that the mesh does not have', { name: 'other', envoyExtAuthzGrpc: GRPC }, "AccessEnforcer.opa names provider 'opa', which the mesh does not define"],
    ['a provider of another kind', { envoyExtAuthzHttp: GRPC }, "AccessEnforcer.opa names provider 'opa', which is no envoyExtAuthzGrpc: OPA answers by gRPC only"],
    ['a provider that fails open', { envoyExtAuthzGrpc: { ...GRPC, failOpen: true } }, "AccessEnforcer.opa names provider 'opa' with failOpen"],
  ])('fails for %s', (_, provider, message) => {
    expect(asked(provider).access.node.validate().join()).toContain(message);
  });
});

describe('in an EnvoyMesh', () => {
  const policy = OpaPolicyConfigMap.of({ name: 'opa-access', namespace: 'shop' });
  const other = OpaPolicyConfigMap.of({ name: 'other', namespace: 'shop' });
  const opa = (props: Partial<Parameters<typeof ExternalAuthorization.opa>[0]> = {}) => ExternalAuthorization.opa({ policy, ...props });

  function report(authorization: ExternalAuthorization | undefined, props: OpaEnforcerProps = { policy }): string {
    const fixture = new EnvoyFixture(new GitOpsApp());
    const orders = fixture.sidecar('orders', { inbound: [{ port: 8443, applicationPort: 8080 }], authorization });
    const web = fixture.sidecar('web', {
      upstreams: [{ name: 'orders', localPort: 9001, host: 'orders.shop.svc.cluster.local', port: 8443, spiffeId: orders.identity.spiffeId }],
    });
    fixture.access({ enforcers: [AccessEnforcer.opa(props)] }).allow({ source: web, destination: orders.workload, port: 8443 });
    return fixture.platform.node.findAll().filter(Artifact.isArtifact).find(({ fileName }) => fileName === 'ACCESS.md')!.render();
  }

  test('it counts where a sidecar asks for this policy', () => {
    expect(verdict(report(opa()))).toBe('yes');
  });

  test.each([
    ['no OPA', undefined, { policy }, 'the Envoy of the called workload does not ask it, since its EnvoySidecar has no authorization'],
    ['an OPA with another policy', opa({ policy: other }), { policy }, 'asks for envoy/authz/allow of ConfigMap shop/other, which is not this policy'],
    ['an OPA with another rule', opa({ path: 'mine/allow' }), { policy }, 'asks for mine/allow of ConfigMap shop/opa-access, which is not this policy'],
    ['a policy that is in no ConfigMap', opa(), {}, 'asks for envoy/authz/allow of ConfigMap shop/opa-access, which is not this policy'],
  ])('it does not count beside %s', (_, authorization, props, reason) => {
    const text = report(authorization, props);
    expect([verdict(text), text.includes(reason)]).toEqual(['no', true]);
  });

  test('fails for a provider, which only Istio knows', () => {
    expect(() => report(opa(), { provider: 'opa' })).toThrow("give their EnvoySidecars 'authorization'");
  });
});

describeWithSharedData('strict schemas', () => {
  test('the ConfigMap passes', () => {
    expect(strictErrors(shop({ policy: POLICY }).fixture.manifests)).toEqual([]);
  });

  test('the policies that ask pass', () => {
    const { fixture, web, api, access } = asked();
    access.allow({ source: web, destination: api, port: 8080 });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});

import { Fixture } from './fixture';
import { MutualTlsMode, PeerAuthentication, PeerAuthenticationProps } from '../../../src';

function shop() {
  const fixture = new Fixture();
  return { fixture, workload: fixture.mesh.enroll(fixture.deployment('web')) };
}

const define = (fixture: Fixture, id: string, props: Partial<PeerAuthenticationProps>) =>
  new PeerAuthentication(fixture.platform, id, { mesh: fixture.mesh, namespace: 'shop', ...props }).apiObject.toJson();

test('is strict for a namespace', () => {
  expect(define(shop().fixture, 'shop', {})).toMatchObject({
    apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'shop', namespace: 'shop' }, spec: { mtls: { mode: 'STRICT' } },
  });
});

test('makes exceptions for ports of a workload', () => {
  const { fixture, workload } = shop();
  expect(define(fixture, 'web', { workload, portModes: { 9000: MutualTlsMode.PERMISSIVE } }).spec).toEqual({
    selector: { matchLabels: { app: 'web' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { 9000: { mode: 'PERMISSIVE' } },
  });
});

test('fails for the root namespace', () => {
  expect(() => define(shop().fixture, 'root', { namespace: 'istio-system' })).toThrow("peer authentication 'root' is in the root namespace 'istio-system'");
});

test('fails for a workload of another namespace', () => {
  const { fixture, workload } = shop();
  expect(() => define(fixture, 'web', { workload, namespace: 'billing' })).toThrow("is in namespace 'billing', its workload in 'shop'");
});

test('fails for exceptions by port without a workload, and for ports that are none', () => {
  const { fixture, workload } = shop();
  expect(() => define(fixture, 'a', { portModes: { 9000: MutualTlsMode.DISABLE } })).toThrow('has exceptions by port without a workload, which Istio ignores');
  expect(() => define(fixture, 'b', { workload, portModes: { http: MutualTlsMode.DISABLE } })).toThrow("peer authentication 'b', portModes: port \"http\" is no port: use a whole number");
  expect(() => define(fixture, 'c', { workload, portModes: { 0: MutualTlsMode.DISABLE } })).toThrow('port 0 is no port');
});

test('fails for a second one of a namespace or workload, which Istio would ignore', () => {
  const { fixture, workload } = shop();
  define(fixture, 'shop', {});
  define(fixture, 'web', { workload });
  expect(() => define(fixture, 'shop2', {})).toThrow("'shop2' is a second PeerAuthentication for namespace 'shop', beside 'shop'");
  expect(() => define(fixture, 'web2', { workload })).toThrow("'web2' is a second PeerAuthentication for workload 'shop/web', beside 'web'");
});

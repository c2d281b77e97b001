import { Fixture } from './fixture';
import { MeshNamespace, PodSecurityLevel } from '../../../src';

test('is restricted, injected and closed', () => {
  const fixture = new Fixture();
  const shop = new MeshNamespace(fixture.platform, 'shop');
  expect(shop.name).toBe('shop');
  expect(shop.apiObject.toJson().metadata.labels).toMatchObject({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' });
  expect(shop.defaultDeny.toJson()).toMatchObject({ kind: 'AuthorizationPolicy', metadata: { name: 'default-deny', namespace: 'shop' }, spec: {} });
});

test('takes another name and level', () => {
  const fixture = new Fixture();
  const shop = new MeshNamespace(fixture.platform, 'namespace', { name: 'legacy', podSecurity: PodSecurityLevel.BASELINE });
  expect(shop.apiObject.toJson().metadata).toMatchObject({ name: 'legacy', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } });
});

test.each(['default', 'Shop', 'shop.eu', ''])("fails for the name '%s'", (name) => {
  const fixture = new Fixture();
  expect(() => new MeshNamespace(fixture.platform, 'namespace', { name })).toThrow("MeshNamespace 'prod/namespace'");
});

test('fails for the same namespace twice', () => {
  const fixture = new Fixture();
  new MeshNamespace(fixture.platform, 'shop');
  expect(() => new MeshNamespace(fixture.platform, 'other', { name: 'shop' }))
    .toThrow("'prod/other' is a second Namespace 'shop', beside 'prod/shop': they are not merged, write one");
});

test('is imported by its name, and nothing is written', () => {
  const fixture = new Fixture();
  const before = fixture.stages;
  expect(MeshNamespace.fromName(fixture.platform, 'shop')).toBe('shop');
  expect(fixture.stages).toEqual(before);
});

test.each(['default', 'kube-system', 'Shop'])("fails to import '%s'", (name) => {
  expect(() => MeshNamespace.fromName(new Fixture().platform, name)).toThrow('imported MeshNamespace');
});

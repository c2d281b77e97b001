import { FileRef, NodeAttestor, SecretRef, SpireVersion } from '../../../../src';
import { agentPod, configured, OWN_CLUSTER, serverPod } from '../plugins/pods';

const both = { domain: 'a', appId: 'x', appSecret: SecretRef.of('s'), token: FileRef.path('/run/token') };

test('agents belong to the first tenant', () => {
  const sides = NodeAttestor.azureImds({ tenants: [{ domain: 'a' }, { domain: 'b' }] })._sides();
  expect(configured(sides.agent(OWN_CLUSTER), agentPod()).lines).toEqual(['tenant_domain = "a"']);
});

test.each([
  ['no tenant', () => NodeAttestor.azureImds({ tenants: [] }), 'tenants is empty: give at least one'],
  ['two kinds of credentials', () => NodeAttestor.azureImds({ tenants: [both] }), "tenant 'a' needs appId with exactly one of appSecret and token"],
  ['an application without credentials', () => NodeAttestor.azureImds({ tenants: [{ domain: 'a', appId: 'x' }] }), 'exactly one of appSecret and token'],
  ['a SPIRE before 1.14', () => configured(NodeAttestor.azureImds({ tenants: [{ domain: 'a' }] })._sides().server(OWN_CLUSTER), serverPod(SpireVersion.of('1.13.3'))),
    'NodeAttestor.azureImds needs SPIRE 1.14.0, this is 1.13.3'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

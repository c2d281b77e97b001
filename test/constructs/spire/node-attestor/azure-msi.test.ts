import { NodeAttestor } from '../../../../src';
import { agentPod, configured, OWN_CLUSTER } from '../plugins/pods';

test('server and agents agree on the resource', () => {
  const sides = NodeAttestor.azureMsi({ tenants: [{ tenantId: 't', resourceId: 'https://r/' }] })._sides();
  expect(configured(sides.server(OWN_CLUSTER)).lines).toContain('resource_id = "https://r/"');
  expect(configured(sides.agent(OWN_CLUSTER), agentPod()).lines).toEqual(['resource_id = "https://r/"']);
});

test('fails for credentials that are half given', () => {
  expect(() => NodeAttestor.azureMsi({ tenants: [{ tenantId: 't', appId: 'a' }] })).toThrow("tenant 't' needs subscriptionId, appId and appSecret together");
});

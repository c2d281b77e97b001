import { networkAllows } from './network-policy';

const web = { namespace: 'shop', labels: { app: 'web' } };
const api = { namespace: 'shop', labels: { app: 'api' } };
const policy = (spec: any) => ({ metadata: { namespace: 'shop' }, spec });

test('pods without a policy are open', () => {
  expect(networkAllows([], web, api, 1)).toBe(true);
});

test.each([
  ['a closed direction', { podSelector: {}, policyTypes: ['Ingress'] }, false],
  ['an open rule', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }, true],
  ['empty lists, which are no limit', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [], ports: [] }] }, true],
  ['the own namespace', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }, true],
  ['other pods', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'db' } } }] }] }, false],
  ['another namespace', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }] }] }, false],
  ['another port', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 2 }] }] }, false],
  ['a closed way out', { podSelector: {}, policyTypes: ['Egress'] }, false],
  ['pods that are not selected', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress', 'Egress'] }, true],
])('%s', (_, spec, allowed) => {
  expect(networkAllows([policy(spec)], web, api, 1)).toBe(allowed);
});

test.each([
  ['an address in a range', { address: '169.254.7.127' }, true],
  ['an address beside it', { address: '169.254.7.128' }, false],
  ['somebody outside', undefined, false],
  ['a pod, whatever its address', web, false],
])('a range of addresses: %s', (_, from, allowed) => {
  const policies = [policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '169.254.7.127/32' } }], ports: [{ port: 1, endPort: 100 }] }] })];
  expect([networkAllows(policies, from, api, 1), networkAllows(policies, from, api, 101)]).toEqual([allowed, false]);
});

import { networkWords } from '../../../../src/constructs/access/report/network-words';

test.each<[string, any, string]>([
  ['no rules', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'every pod takes nothing; every pod calls nothing'],
  ['an empty rule', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{}] }, 'app=api takes **every port** from **anybody**'],
  ['empty lists', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [], ports: [] }] }, 'every pod calls **anybody** on **every port**'],
  ['pods of the own namespace', { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] }] },
    'every pod takes port 80 from app=web of its namespace'],
  ['namespaces', {
    podSelector: {},
    ingress: [{
      from: [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }, { namespaceSelector: {} }, { namespaceSelector: { matchLabels: { team: 'a' } } },
      ],
    }],
  }, 'every pod takes **every port** from every pod of ops and every pod of **every namespace** and every pod of namespaces team=a'],
  ['addresses', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 53, protocol: 'UDP' }] }] },
    'every pod calls 10.0.0.0/8 except 10.1.0.0/16 on port 53/UDP'],
  ['one port of two protocols', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }] },
    'every pod calls **anybody** on port 53/UDP, 53'],
  ['no selector', { ingress: [] }, 'every pod takes nothing'],
  ['expressions, ranges of ports, and ports of any number', {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] },
    ingress: [{ ports: [{ port: 80, endPort: 90 }, { protocol: 'UDP' }] }],
  }, 'app In a b takes port 80-90, all/UDP from **anybody**'],
])('a policy with %s', (_, spec, says) => {
  expect(networkWords(spec)).toBe(says);
});

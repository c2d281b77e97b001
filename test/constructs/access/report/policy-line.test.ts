import { policyLine } from '../../../../src/constructs/access/report/policy-line';

const policy = (spec: any, annotations?: any) => policyLine({ kind: 'AuthorizationPolicy', metadata: { name: 'p', namespace: 'shop', annotations }, spec });

test.each<[string, any, string]>([
  ['no rules', {}, 'allows nothing'],
  ['an empty rule', { rules: [{}] }, 'allows **anybody**, everything'],
  ['an empty source', { rules: [{ from: [{ source: {} }] }] }, 'allows **anybody**, everything'],
  ['several rules', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['a', 'b*'] } }] }, { to: [{ operation: { ports: ['80'], methods: ['GET'] } }] }] },
    'denies namespaces `a` `b*`, everything; or **anybody**, ports `80` and methods `GET`'],
  ['conditions and labels', { selector: { matchLabels: { app: 'api' } }, rules: [{ when: [{ key: 'request.auth.claims[sub]', notValues: ['x'] }] }] },
    'allows **anybody**, everything, request.auth.claims[sub] notValues `x` at app=api'],
  ['another provider and target', { action: 'CUSTOM', provider: { name: 'opa' }, targetRefs: [{ kind: 'Service', name: 'api' }], rules: [{}] },
    'asks a provider about **anybody**, everything at Service api'],
])('a policy with %s', (_, spec, says) => {
  expect(policy(spec)).toBe(`AuthorizationPolicy shop/p: ${says}`);
});

test('a trial is told, and other kinds by their names', () => {
  expect(policy({}, { 'istio.io/dry-run': 'true' })).toBe('AuthorizationPolicy shop/p: allows nothing (dry-run)');
  expect(policyLine({ kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'all' } })).toBe('CiliumClusterwideNetworkPolicy all');
});

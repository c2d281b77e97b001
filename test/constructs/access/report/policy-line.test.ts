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

test.each<[string, any, string]>([
  ['PeerAuthentication', { selector: { matchLabels: { app: 'api' } }, portLevelMtls: { 8080: { mode: 'DISABLE' } } }, 'as the level above, DISABLE on port 8080 at app=api'],
  ['RequestAuthentication', { jwtRules: [{ issuer: 'https://a' }] }, 'verifies tokens of `https://a`'],
  ['ServiceEntry', { hosts: ['a.example.com'], exportTo: ['.'], ports: [{ number: 443 }, { number: 80 }] }, 'namespaces `.` may call `a.example.com` on ports 443, 80'],
  ['NetworkPolicy', { podSelector: {} }, 'every pod takes nothing'],
])('a %s', (kind, spec, says) => {
  expect(policyLine({ kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p: ${says}`);
});

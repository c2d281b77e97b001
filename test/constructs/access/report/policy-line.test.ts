import { policyLine } from '../../../../src/constructs/access/report/policy-line';

const policy = (spec: any, annotations?: any) => policyLine({ apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'p', namespace: 'shop', annotations }, spec });

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
  expect(policyLine({ apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'all' } })).toBe('CiliumClusterwideNetworkPolicy all');
});

test.each<[string, string, any, string]>([
  ['PeerAuthentication', 'security.istio.io/v1', { selector: { matchLabels: { app: 'api' } }, portLevelMtls: { 8080: { mode: 'DISABLE' } } }, 'as the level above, DISABLE on port 8080 at app=api'],
  ['RequestAuthentication', 'security.istio.io/v1', { jwtRules: [{ issuer: 'https://a' }] }, 'verifies tokens of `https://a`'],
  ['ServiceEntry', 'networking.istio.io/v1', { hosts: ['a.example.com'], exportTo: ['.', 'ops'], ports: [{ number: 443 }, { number: 80 }] },
    'known to its namespace, namespace `ops`: `a.example.com` on ports 443, 80'],
  ['ServiceEntry', 'networking.istio.io/v1', { hosts: ['a.example.com'], ports: [{ number: 443 }] }, 'known to **every namespace**: `a.example.com` on ports 443'],
  ['NetworkPolicy', 'networking.k8s.io/v1', { podSelector: {} }, 'every pod takes nothing'],
])('a %s', (kind, apiVersion, spec, says) => {
  expect(policyLine({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p: ${says}`);
});

test.each([
  ["Linkerd's", 'policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', { targetRef: { kind: 'Server', name: 'api' }, requiredAuthenticationRefs: [] }],
  ["Calico's", 'projectcalico.org/v3', 'NetworkPolicy', { selector: "app == 'api'", ingress: [{ action: 'Allow' }] }],
  ["Calico's stored", 'crd.projectcalico.org/v1', 'NetworkPolicy', { selector: 'all()' }],
])('a policy of a kind that %s group shares is told by its name', (_, apiVersion, kind, spec) => {
  expect(policyLine({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p`);
});

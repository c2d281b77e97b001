import { Fixture } from './fixture';
import { AuthorizationAction, AuthorizationPolicy, AuthorizationPolicyProps, AuthorizationRule, TrustDomain, WorkloadIdentity } from '../../../src';

const GET_REVIEWS: AuthorizationRule = {
  sources: [{ principals: ['example.org/ns/shop/sa/web'] }],
  operations: [{ ports: [8080], methods: ['GET'], paths: ['/reviews/*'] }],
};

function policy(props: Partial<AuthorizationPolicyProps>, fixture = new Fixture()): any {
  return new AuthorizationPolicy(fixture.platform, 'policy', { namespace: 'shop', ...props }).apiObject.toJson();
}

test('allows what its rules say, for the pods of a workload', () => {
  const fixture = new Fixture();
  const workload = fixture.mesh.enroll(fixture.deployment('reviews'));
  expect(policy({ workload, rules: [GET_REVIEWS] }, fixture)).toMatchObject({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'policy', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'reviews' } },
      action: 'ALLOW',
      rules: [{
        from: [{ source: { principals: ['example.org/ns/shop/sa/web'] } }],
        to: [{ operation: { ports: ['8080'], methods: ['GET'], paths: ['/reviews/*'] } }],
      }],
    },
  });
});

test('without rules it allows nothing', () => {
  expect(policy({}).spec).toEqual({});
});

test('identities become principals without scheme', () => {
  const identity = WorkloadIdentity.of({ trustDomain: TrustDomain.of('example.org'), namespace: 'shop', serviceAccount: 'web' });
  expect(policy({ rules: [{ sources: [{ identities: [identity], principals: ['example.org/ns/shop/sa/api'] }] }] }).spec.rules)
    .toEqual([{ from: [{ source: { principals: ['example.org/ns/shop/sa/web', 'example.org/ns/shop/sa/api'] } }] }]);
});

test('denies, with ports beside HTTP fields', () => {
  expect(policy({ action: AuthorizationAction.DENY, rules: [{ operations: [{ paths: ['/admin*'], ports: [8080] }] }] }).spec)
    .toEqual({ action: 'DENY', rules: [{ to: [{ operation: { paths: ['/admin*'], ports: ['8080'] } }] }] });
  expect(policy({ action: AuthorizationAction.DENY, rules: [{ sources: [{ notNamespaces: ['shop'] }] }] }).spec.rules)
    .toEqual([{ from: [{ source: { notNamespaces: ['shop'] } }] }]);
});

test('asks a provider, takes labels and further fields', () => {
  expect(policy({
    action: AuthorizationAction.CUSTOM,
    provider: 'opa',
    matchLabels: { app: 'web' },
    rules: [{ operations: [{ paths: ['/api/*'] }] }],
    additionalSpec: { targetRefs: [] },
  }).spec).toEqual({
    selector: { matchLabels: { app: 'web' } },
    action: 'CUSTOM',
    provider: { name: 'opa' },
    rules: [{ to: [{ operation: { paths: ['/api/*'] } }] }],
    targetRefs: [],
  });
});

test.each<[string, Partial<AuthorizationPolicyProps>, string]>([
  ['an empty list of rules', { rules: [] }, "policy 'policy': 'rules' is an empty list, which Istio reads as no limit"],
  ['DENY without rules', { action: AuthorizationAction.DENY }, "policy 'policy' has action DENY without rules, which Istio refuses"],
  ['CUSTOM without rules', { action: AuthorizationAction.CUSTOM, provider: 'opa' }, 'has action CUSTOM without rules'],
  ['CUSTOM without provider', { action: AuthorizationAction.CUSTOM, rules: [GET_REVIEWS] }, 'has no provider with action CUSTOM'],
  ['a provider without CUSTOM', { provider: 'opa', rules: [GET_REVIEWS] }, "has provider 'opa' with action ALLOW"],
  ['CUSTOM by identity', { action: AuthorizationAction.CUSTOM, provider: 'opa', rules: [GET_REVIEWS] }, 'has action CUSTOM with sources by identity'],
  ['DENY by path on all ports', { action: AuthorizationAction.DENY, rules: [{ operations: [{ paths: ['/admin'] }] }] },
    'denies by HTTP fields on all ports: on TCP ports Istio drops these fields and denies everything'],
  ['DENY by path, one operation without ports',
    { action: AuthorizationAction.DENY, rules: [{ operations: [{ paths: ['/a'], ports: [80] }, { methods: ['PUT'] }] }] }, 'denies by HTTP fields on all ports'],
  ['DENY by token on all ports', { action: AuthorizationAction.DENY, rules: [{ sources: [{ requestPrincipals: ['*'] }] }] }, 'denies by HTTP fields'],
  ['DENY by header on all ports',
    { action: AuthorizationAction.DENY, rules: [{ conditions: [{ key: 'request.headers[x-a]', values: ['b'] }] }] }, 'denies by HTTP fields'],
  ['empty labels', { matchLabels: {}, rules: [GET_REVIEWS] }, 'has empty matchLabels, which select all pods of the namespace'],
  ['labels that no pod has', { matchLabels: { app: 'a b' }, rules: [GET_REVIEWS] }, 'has the value "a b" for \'app\', which no label can have'],
  ['a namespace that is no name', { rules: [{ sources: [{ namespaces: ['Shop'] }] }] }, "policy 'policy' has namespace 'Shop', which is no Kubernetes name and matches nobody"],
  ['a SPIFFE ID as request principal', { rules: [{ sources: [{ requestPrincipals: ['spiffe://example.org/ns/shop/sa/web'] }] }] },
    "use the condition request.auth.claims[sub] with value 'spiffe://example.org/ns/shop/sa/web'"],
  ['the default namespace', { namespace: 'default' }, "AuthorizationPolicy 'policy' is in namespace 'default'"],
  ['a name that is none', { name: 'My_Policy' }, "name of AuthorizationPolicy 'My_Policy' is no Kubernetes name"],
])('fails for %s', (_, props, message) => {
  expect(() => policy(props)).toThrow(message);
});

test('fails for a workload of another namespace, and for two selectors', () => {
  const fixture = new Fixture();
  const workload = fixture.mesh.enroll(fixture.deployment('web'));
  expect(() => new AuthorizationPolicy(fixture.platform, 'far', { namespace: 'billing', workload }))
    .toThrow("policy 'far' is in namespace 'billing', its workload in 'shop': it would protect nothing, put it in 'shop'");
  expect(() => new AuthorizationPolicy(fixture.platform, 'both', { namespace: 'shop', workload, matchLabels: { app: 'web' } }))
    .toThrow("policy 'both' has both a workload and matchLabels");
});

test('fails for a second policy of the same name', () => {
  const fixture = new Fixture();
  policy({}, fixture);
  expect(() => new AuthorizationPolicy(fixture.platform, 'other', { namespace: 'shop', name: 'policy' }))
    .toThrow("AuthorizationPolicy 'policy' in namespace 'shop' is defined already");
});

test('fails in the complete platform when the mesh does not define the provider', () => {
  const custom = { action: AuthorizationAction.CUSTOM, provider: 'opa', rules: [GET_REVIEWS].map(({ operations }) => ({ operations })) };
  const errors = (fixture: Fixture) => new AuthorizationPolicy(fixture.platform, 'ask', { namespace: 'shop', ...custom }).node.validate();
  expect(errors(new Fixture())).toEqual([
    "policy 'ask' names provider 'opa', which the mesh does not define: use one of envoy, prometheus, stackdriver, access-log, "
    + 'or add it to additionalMeshConfig.extensionProviders',
  ]);
  const extensionProviders = [{ name: 'opa', envoyExtAuthzGrpc: { service: 'opa.opa.svc.cluster.local', port: 9191 } }];
  expect(errors(new Fixture({ additionalMeshConfig: { extensionProviders } }))).toEqual([]);
});

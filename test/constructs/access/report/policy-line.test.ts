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
  ['one target, as it was written once', { targetRef: { kind: 'Gateway', name: 'waypoint' }, rules: [{}] }, 'allows **anybody**, everything at Gateway waypoint'],
])('a policy with %s', (_, spec, says) => {
  expect(policy(spec)).toBe(`AuthorizationPolicy shop/p: ${says}`);
});

test('a trial is told, and a kind that is only known by name', () => {
  expect(policy({}, { 'istio.io/dry-run': 'true' })).toBe('AuthorizationPolicy shop/p: allows nothing (dry-run)');
  expect(policy({}, { 'istio.io/dry-run': 'false' })).toBe('AuthorizationPolicy shop/p: allows nothing');
  expect(policyLine({ apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: 'all' } })).toBe('GlobalNetworkPolicy all: not read here');
});

test.each<[string, string, any, string]>([
  ['PeerAuthentication', 'security.istio.io/v1', { selector: { matchLabels: { app: 'api' } }, portLevelMtls: { 8080: { mode: 'DISABLE' } } }, 'as the level above, DISABLE on port 8080 at app=api'],
  ['RequestAuthentication', 'security.istio.io/v1', { jwtRules: [{ issuer: 'https://a' }] }, 'verifies tokens of `https://a`'],
  ['ServiceEntry', 'networking.istio.io/v1', { hosts: ['a.example.com'], exportTo: ['.', 'ops'], ports: [{ number: 443 }, { number: 80 }] },
    'known to its namespace, namespace `ops`: `a.example.com` on ports 443, 80'],
  ['ServiceEntry', 'networking.istio.io/v1', { hosts: ['a.example.com'], ports: [{ number: 443 }] }, 'known to **every namespace**: `a.example.com` on ports 443'],
  ['NetworkPolicy', 'networking.k8s.io/v1', { podSelector: {} }, 'every pod takes nothing'],
  ['EnvoyFilter', 'networking.istio.io/v1alpha3', {
    workloadSelector: { labels: { app: 'api' } }, configPatches: [{ applyTo: 'HTTP_FILTER' }, { applyTo: 'CLUSTER' }, { applyTo: 'HTTP_FILTER' }],
  }, 'changes HTTP_FILTER, CLUSTER of proxies at app=api, in ways not read here'],
  ['EnvoyFilter', 'networking.istio.io/v1alpha3', { configPatches: [{ applyTo: 'LISTENER' }] }, 'changes LISTENER of proxies, in ways not read here'],
  ['WasmPlugin', 'extensions.istio.io/v1alpha1', { phase: 'AUTHZ', targetRef: { kind: 'Gateway', name: 'waypoint' } },
    'runs a program in proxies (AUTHZ) at Gateway waypoint, not read here'],
])('a %s', (kind, apiVersion, spec, says) => {
  expect(policyLine({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p: ${says}`);
});

test.each([
  ["Calico's", 'projectcalico.org/v3', 'NetworkPolicy', { selector: "app == 'api'", ingress: [{ action: 'Allow' }] }],
  ["Calico's stored", 'crd.projectcalico.org/v1', 'NetworkPolicy', { selector: 'all()' }],
  ["Envoy Gateway's", 'gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', { authorization: {} }],
])('what a policy of %s group says is not guessed', (_, apiVersion, kind, spec) => {
  expect(policyLine({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p: not read here`);
});

test.each<[string, any, string]>([
  ['AuthorizationPolicy', { targetRef: { kind: 'Server', name: 'api' }, requiredAuthenticationRefs: [] }, 'allows **anybody** at Server api'],
  ['AuthorizationPolicy', {
    targetRef: { kind: 'Namespace', name: 'shop' },
    requiredAuthenticationRefs: [{ kind: 'MeshTLSAuthentication', name: 'web', namespace: 'ops' }, { kind: 'NetworkAuthentication', name: 'office' }],
  }, 'allows who has MeshTLSAuthentication ops/web and NetworkAuthentication office at Namespace shop'],
  ['Server', { podSelector: { matchLabels: { app: 'api' } }, port: 'http' }, 'port http of app=api, accessPolicy deny'],
  ['Server', { podSelector: {}, port: 80, accessPolicy: 'all-unauthenticated' }, 'port 80 of every pod, accessPolicy all-unauthenticated'],
  ['Server', { externalWorkloadSelector: { matchLabels: { app: 'vm' } }, port: 80 }, 'port 80 of external workloads app=vm, accessPolicy deny'],
  ['MeshTLSAuthentication', { identities: ['*'], identityRefs: [{ kind: 'ServiceAccount', name: 'web' }] }, '`*` or ServiceAccount web'],
  ['NetworkAuthentication', { networks: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '192.168.0.0/16' }] }, '10.0.0.0/8 except 10.1.0.0/16 or 192.168.0.0/16'],
  ['HTTPRoute', { parentRefs: [{ kind: 'Server', name: 'api' }], rules: [{}] }, '1 rule for requests, not read here, at Server api'],
  ['EgressNetwork', { trafficPolicy: 'Deny' }, 'denies calls to **every address outside** that have no route'],
  ['ServerAuthorization', { server: { selector: { matchLabels: { app: 'api' } } }, client: { unauthenticated: true, networks: [{ cidr: '10.0.0.0/8' }] } },
    'allows **anybody** from 10.0.0.0/8 at Server app=api'],
  ['ServerAuthorization', { server: { name: 'api' }, client: { meshTLS: { identities: ['*'], serviceAccounts: [{ name: 'web', namespace: 'shop' }] } } },
    'allows `*` or ServiceAccount shop/web at Server api'],
])("Linkerd's %s", (kind, spec, says) => {
  expect(policyLine({ apiVersion: 'policy.linkerd.io/v1', kind, metadata: { name: 'p', namespace: 'shop' }, spec })).toBe(`${kind} shop/p: ${says}`);
});

test.each<[string, any, string]>([
  ['CiliumNetworkPolicy', { spec: { endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{}], egressDeny: [] } }, 'ingress, egressDeny of app=api, rules not read here'],
  ['CiliumNetworkPolicy', { specs: [{ endpointSelector: {}, ingress: [] }, { endpointSelector: { matchLabels: { app: 'web' } } }] },
    'ingress of every pod, rules not read here; app=web, rules not read here'],
  ['CiliumClusterwideNetworkPolicy', { spec: { nodeSelector: {}, egress: [] } }, 'egress of nodes of every name, rules not read here'],
  ['CiliumEnvoyConfig', { spec: { services: [{ name: 'api', namespace: 'shop' }], backendServices: [{ name: 'web' }] } },
    'configuration of Envoy, not read here, for the Services shop/api, web'],
  ['CiliumClusterwideEnvoyConfig', {}, 'configuration of Envoy, not read here'],
])("Cilium's %s", (kind, body, says) => {
  expect(policyLine({ apiVersion: 'cilium.io/v2', kind, metadata: { name: 'p' }, ...body })).toBe(`${kind} p: ${says}`);
});

test.each<[string, any, string]>([
  ['AdminNetworkPolicy', { priority: 0, subject: { namespaces: { matchLabels: { team: 'a' } } }, ingress: [{ name: 'no', action: 'Deny' }], egress: [{ action: 'Pass' }] },
    "priority 0, Deny ingress 'no', Pass egress for every pod of namespaces team=a, peers not read here"],
  ['BaselineAdminNetworkPolicy', { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'api' } } } } },
    'no rule for app=api of **every namespace**, peers not read here'],
  ['ClusterNetworkPolicy', { tier: 'Admin', priority: 5, subject: { namespaces: {} }, ingress: [{ action: 'Accept' }] },
    'tier Admin, priority 5, Accept ingress for every pod of **every namespace**, peers not read here'],
])('for the whole cluster: a %s', (kind, spec, says) => {
  expect(policyLine({ apiVersion: 'policy.networking.k8s.io/v1alpha2', kind, metadata: { name: 'p' }, spec })).toBe(`${kind} p: ${says}`);
});

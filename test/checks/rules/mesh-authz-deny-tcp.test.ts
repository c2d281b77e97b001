import { found } from '../cases';

const POLICY = (rule: string, namespace = 'shop', more = '', annotations = ''): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: ${namespace}, annotations: {${annotations}}}
spec: {action: DENY, ${more}rules: [${rule}]}`;

const WORKLOAD = ({ labels = '', annotations = '', container = 'db', namespace = 'shop', port = '{name: tcp-db, port: 5432}' } = {}): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db, ${labels}}, annotations: {${annotations}}}
    spec: {serviceAccountName: db, containers: [{name: ${container}, image: "registry.example.org/db:1", ports: [{containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: ${namespace}}
spec: {selector: {app: db}, ports: [${port}]}`;

const NAMESPACE = (name: string, label = 'istio-injection: enabled'): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${label}}}`;

const PATHS = '{to: [{operation: {paths: ["/admin*"]}}]}';
const TOKENLESS = '{from: [{source: {notRequestPrincipals: ["*"]}}]}';

const told = (...manifests: string[]): string[] => found('MESH-AUTHZ-DENY-TCP', manifests.join('\n---\n'));

test.each([
  ['of the namespace', POLICY(PATHS)],
  ['of the namespace, about tokens', POLICY(TOKENLESS)],
  ['of the whole mesh', POLICY(TOKENLESS, 'istio-system')],
  ['with a selector', POLICY(PATHS, 'shop', 'selector: {matchLabels: {app: db}}, ')],
  ['with a condition', POLICY('{when: [{key: "request.headers[x]", values: [y]}]}')],
  ['with a dry-run that is off', POLICY(PATHS, 'shop', '', 'istio.io/dry-run: "false"')],
  ['that lets one caller through', POLICY('{from: [{source: {notPrincipals: [a/ns/b/sa/c]}}], to: [{operation: {paths: ["/admin*"]}}]}')],
])('a DENY %s closes the port', (_, policy) => {
  const [message, ...others] = told(NAMESPACE('shop'), WORKLOAD(), policy);
  expect([message, others.length]).toEqual([expect.stringContaining('is tcp, and is closed with the rest'), 0]);
});

test('a Service of another namespace is named with it', () => {
  expect(told(NAMESPACE('shop'), WORKLOAD(), POLICY(PATHS, 'istio-system'))[0]).toContain('port 5432 of Service shop/db is tcp');
});

test.each([
  ['pods without a proxy, which nobody selects', [NAMESPACE('shop', 'a: b'), WORKLOAD(), POLICY(PATHS)]],
  ['pods that have switched the proxy off', [NAMESPACE('shop'), WORKLOAD({ labels: 'sidecar.istio.io/inject: "false"' }), POLICY(PATHS)]],
  ['another namespace', [NAMESPACE('shop'), NAMESPACE('pay'), WORKLOAD({ namespace: 'pay' }), POLICY(PATHS)]],
  ['a port of HTTP', [NAMESPACE('shop'), WORKLOAD({ port: '{name: http, port: 5432}' }), POLICY(PATHS)]],
  ['a port whose bytes decide', [NAMESPACE('shop'), WORKLOAD({ port: '{port: 5432}' }), POLICY(PATHS)]],
  ['a port past the proxy', [NAMESPACE('shop'), WORKLOAD({ annotations: 'traffic.sidecar.istio.io/excludeInboundPorts: "5432"' }), POLICY(PATHS)]],
  ['a port beside those of the proxy', [NAMESPACE('shop'), WORKLOAD({ annotations: 'traffic.sidecar.istio.io/includeInboundPorts: "80, 81"' }), POLICY(PATHS)]],
  ['a gateway, which ends TLS', [NAMESPACE('shop'), WORKLOAD({ container: 'istio-proxy', port: '{name: https, port: 443}' }), POLICY(PATHS)]],
  ['a gateway by template, with a selector', [
    WORKLOAD({ annotations: 'inject.istio.io/templates: gateway', port: '{name: https, port: 443}' }), POLICY(PATHS, 'shop', 'selector: {matchLabels: {app: db}}, '),
  ]],
  ['a trial', [NAMESPACE('shop'), WORKLOAD(), POLICY(PATHS, 'shop', '', 'istio.io/dry-run: "true"')]],
  ['a policy for waypoints', [NAMESPACE('shop'), WORKLOAD(), POLICY(PATHS, 'shop', 'targetRefs: [{kind: Service, group: "", name: db}], ')]],
  ['a rule that names ports', [NAMESPACE('shop'), WORKLOAD(), POLICY('{to: [{operation: {paths: ["/admin*"], ports: ["8080"]}}]}')]],
  ['a rule about one caller', [NAMESPACE('shop'), WORKLOAD(), POLICY('{from: [{source: {principals: [a/ns/b/sa/c]}}], to: [{operation: {paths: ["/admin*"]}}]}')]],
  ['a rule about one caller by a condition', [
    NAMESPACE('shop'), WORKLOAD(), POLICY('{to: [{operation: {paths: ["/admin*"]}}], when: [{key: source.principal, values: [a/ns/b/sa/c]}]}'),
  ]],
  ['a rule without HTTP', [NAMESPACE('shop'), WORKLOAD(), POLICY('{from: [{source: {notNamespaces: [shop]}}]}')]],
])('nothing is closed for %s', (_, manifests) => {
  expect(told(...manifests)).toEqual([]);
});

test.each([
  ['about methods', POLICY('{to: [{operation: {methods: [GET]}}]}'), 'ports of the workloads that are no HTTP are closed with the rest'],
  ['about trust domains', POLICY('{from: [{source: {notTrustDomains: [a]}}]}'), 'a rule about trust domains alone is for all ports'],
])('fails with a DENY %s whose workloads are elsewhere, as Istio warns', (_, policy, message) => {
  expect(told(policy)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['with ports', POLICY('{to: [{operation: {methods: [GET], ports: ["8080"]}}]}')],
  ['about accounts', POLICY('{from: [{source: {serviceAccounts: [a/b]}}]}')],
  ['of a gateway', POLICY(PATHS, 'shop', 'selector: {matchLabels: {istio: ingress}}, ')],
  ['for a waypoint', POLICY(PATHS, 'shop', 'targetRefs: [{kind: Service, group: "", name: db}], ')],
])('a DENY %s is right, wherever its workloads are', (_, policy) => {
  expect(told(policy)).toEqual([]);
});

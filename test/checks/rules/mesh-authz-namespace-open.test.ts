import { findingsOf } from '../cases';

const NAMESPACE = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {istio-injection: enabled}}\n---\n`;
const WORKLOAD = (name: string, namespace: string, kind = 'Deployment', annotations = ''): string => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: {${annotations}}}
    spec: {containers: [{name: ${name}, image: "${name}:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---
`;
const POLICY = (name: string, namespace: string, spec: string, annotations = ''): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: ${name}, namespace: ${namespace}, annotations: {${annotations}}}\nspec: {${spec}}\n---\n`;

const OPEN = 'MESH-AUTHZ-NAMESPACE-OPEN';
const MESH = NAMESPACE('shop') + WORKLOAD('web', 'shop') + POLICY('nothing', 'shop', '') + NAMESPACE('stock') + WORKLOAD('store', 'stock');
const RULES = 'rules: [{from: [{source: {namespaces: [shop]}}]}]';

test('a namespace fails without the default deny that others have', () => {
  expect(findingsOf(OPEN, MESH)).toMatchObject([{ object: { kind: 'Namespace', name: 'stock' }, message: 'namespace stock has no default deny, as shop has: everybody of the mesh may call store' }]);
});

test.each([
  ['a policy that is for another workload', POLICY('other', 'stock', `selector: {matchLabels: {app: other}}, ${RULES}`)],
  ['an audit', POLICY('audit', 'stock', `action: AUDIT, ${RULES}`)],
  ['a trial', POLICY('trial', 'stock', '', 'istio.io/dry-run: "true"')],
])('a namespace fails with %s', (_, policy) => {
  expect(findingsOf(OPEN, MESH + policy)).toHaveLength(1);
});

test.each([
  ['a default deny of its own', MESH + POLICY('nothing', 'stock', '')],
  ['a policy for each workload', MESH + POLICY('store', 'stock', `selector: {matchLabels: {app: store}}, ${RULES}`)],
  ['rules for all of its workloads', MESH + POLICY('all', 'stock', RULES)],
  ['a default deny of the mesh', MESH + POLICY('nothing', 'istio-system', '')],
  ['no default deny anywhere', MESH.replace('spec: {}', `spec: {selector: {matchLabels: {app: web}}, ${RULES}}`)],
  ['workloads without proxy', MESH.replace(/name: stock, labels: \{istio-injection: enabled\}/, 'name: stock')],
  ['a workload that nobody calls', MESH.replace('selector: {app: store}', 'selector: {app: other}')],
  ['a gateway', MESH.replace(WORKLOAD('store', 'stock'), WORKLOAD('store', 'stock', 'Deployment', 'inject.istio.io/templates: gateway'))],
])('a namespace is right with %s', (_, text) => {
  expect(findingsOf(OPEN, text)).toEqual([]);
});

import { MESH_RULES } from '../../../src/checks/rules/mesh';
import { check } from '../cases';

const MESH = `apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |
    trustDomain: example.org
    trustDomainAliases: [old.org]
    caCertificates: [{trustDomains: [partner.org]}]
---
`;
const POLICY = (spec: string, namespace = 'shop'): string => `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: ${namespace}}\nspec: ${spec}\n`;
const API = `---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
spec: {serviceAccountName: api, containers: [{name: api, image: "registry.example.org/api:1", ports: [{containerPort: 8080}, {containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: 8080}, {name: tcp-db, port: 5432}]}
`;

/** What is right, and stands close to what a rule finds. */
test.each([
  ['a negative field beside a principal', POLICY('{rules: [{from: [{source: {principals: ["example.org/*"], notNamespaces: [evil]}}]}]}')],
  ['a negative field in a DENY', POLICY('{action: DENY, rules: [{from: [{source: {notNamespaces: [shop]}}]}]}')],
  ['a condition on the principal beside a negative field', POLICY('{rules: [{from: [{source: {notNamespaces: [evil]}}], when: [{key: source.principal, values: ["*"]}]}]}')],
  ['five parts with a star', MESH + POLICY('{rules: [{from: [{source: {principals: ["example.org/ns/shop/sa/*", "*/ns/shop/sa/web", "*"]}}]}]}')],
  ['all of a trust domain that is let in', MESH + POLICY('{rules: [{from: [{source: {principals: ["partner.org/*"]}}]}]}')],
  ['all of a trust domain that is let in, denied', MESH + POLICY('{action: DENY, rules: [{from: [{source: {principals: ["partner.org/*"]}}]}]}')],
  ['a trust domain that is left out', MESH + POLICY('{rules: [{from: [{source: {principals: ["example.org/ns/shop/sa/web"], notPrincipals: ["evil.org/*"]}}]}]}')],
  ['trust domains of the mesh', MESH + POLICY('{rules: [{from: [{source: {trustDomains: [example.org, old.org, partner.org], namespaces: [shop]}}]}]}')],
  ['a DENY about HTTP with a port', POLICY('{action: DENY, selector: {matchLabels: {app: api}}, rules: [{to: [{operation: {paths: [/a], ports: ["8080"]}}]}]}') + API],
  ['a DENY with a principal', POLICY('{action: DENY, selector: {matchLabels: {app: api}}, rules: [{from: [{source: {namespaces: [evil]}}], to: [{operation: {methods: [PUT]}}]}]}') + API],
  ['a host with any port', POLICY('{action: DENY, rules: [{to: [{operation: {hosts: [admin.example.org, "admin.example.org:*"]}}]}]}') + API],
  ['addresses and ranges', POLICY('{rules: [{from: [{source: {ipBlocks: [10.0.0.0/8, 10.0.0.1, "2001:db8::/32"]}}]}]}')],
  ['a percent sign that stays', POLICY('{rules: [{to: [{operation: {paths: ["/a%2Fb", "/a/{*}/b", "/files/{**}"]}}]}]}')],
  ['nothing is allowed', POLICY('{}')],
])('%s', (_, text) => {
  expect(check(text, MESH_RULES)).toEqual([]);
});

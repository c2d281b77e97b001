import { MESH_RULES } from '../../../src/checks/rules/mesh';
import { check } from '../cases';

const OBJECT = (kind: string, spec: string, version = 'networking.istio.io/v1'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`;
const RULE = (policy: string): string => OBJECT('DestinationRule', `{host: web.example.org, trafficPolicy: ${policy}}`);
const JWT = (rule: string): string => OBJECT('RequestAuthentication', `{jwtRules: [{${rule}}]}`, 'security.istio.io/v1');
const POLICY = (spec: string): string => OBJECT('AuthorizationPolicy', spec, 'security.istio.io/v1');
const XFCC = 'when: [{key: "request.headers[x-forwarded-client-cert]", values: [a]}]';
const found = (text: string, rule: string): string[] => check('a.yaml', text, MESH_RULES).filter(finding => finding.rule === rule).map(({ message }) => message);

test.each([
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL}}'), 'MUTUAL without clientCertificate and privateKey'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, clientCertificate: /a}}'), 'MUTUAL without privateKey'],
  ['MESH-RULE-TLS', RULE('{portLevelSettings: [{port: {number: 1}, tls: {mode: MUTUAL, caCertificates: /a}}]}'), 'MUTUAL without'],
  ['MESH-RULE-TLS', OBJECT('DestinationRule', '{host: a, subsets: [{name: b, trafficPolicy: {tls: {mode: MUTUAL}}}]}'), 'MUTUAL without'],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, privateKey: /a}}'), 'ISTIO_MUTUAL beside privateKey'],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, credentialName: a}}'), 'ISTIO_MUTUAL beside credentialName'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, credentialName: a, clientCertificate: /a, privateKey: /b}}'), 'credentialName beside clientCertificate, privateKey'],
  ['MESH-SAN-SCHEME', RULE('{tls: {mode: ISTIO_MUTUAL, subjectAltNames: [example.org/ns/shop/sa/web]}}'), 'has no spiffe://'],
  ['MESH-SAN-SCHEME', RULE('{portLevelSettings: [{tls: {mode: ISTIO_MUTUAL, subjectAltNames: [example.org/ns/shop/sa/web]}}]}'), 'has no spiffe://'],
  ['MESH-SAN-SCHEME', OBJECT('ServiceEntry', '{hosts: [a.example.org], subjectAltNames: [example.org/ns/shop/sa/web]}'), 'has no spiffe://'],
  ['MESH-SAN-SCHEME', OBJECT('Gateway', '{servers: [{tls: {mode: MUTUAL, subjectAltNames: [example.org/ns/shop/sa/web]}}]}'), 'has no spiffe://'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwksUri: "https://a/keys", jwks: \'{"keys": []}\''), 'jwksUri beside jwks'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwks_uri: "https://a/keys", jwks: \'{"keys": []}\''), 'jwksUri beside jwks'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwksUri: a.example.org/keys'), 'is no http or https URL'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwksUri: "https://a/.well-known/openid-configuration"'), 'is the discovery document'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwks: "-----BEGIN PUBLIC KEY-----"'), 'jwks is no JSON object'],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwks: \'[{"kty": "EC"}]\''), 'jwks is no JSON object'],
  ['MESH-JWT-KEYS', JWT('audiences: [a]'), 'there is neither issuer nor jwksUri'],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{rules: [{when: [{key: "request.headers[x-spiffe-id]", values: [a]}]}]}'), 'believes the header x-spiffe-id'],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY(`{rules: [{from: [{source: {principals: [example.org/ns/edge/sa/gateway]}}, {source: {namespaces: [edge]}}], ${XFCC}}]}`), 'believes'],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{action: ALLOW, rules: [{when: [{key: "request.headers[X-Forwarded-Client-Cert]", values: [a]}]}]}'), 'believes the header'],
  ['MESH-IDENTITY-HEADER', OBJECT('VirtualService', '{hosts: [a], http: [{headers: {request: {set: {x-caller: "spiffe://example.org/ns/a/sa/b"}}}}]}'), 'the header x-caller is a constant'],
  ['MESH-IDENTITY-HEADER', OBJECT('VirtualService', '{hosts: [a], http: [{match: [{headers: {x-client-principal: {exact: a}}}]}]}'), 'looks at the header x-client-principal'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(text, rule)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, credentialName: a}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, clientCertificate: /a, privateKey: /b, caCertificates: /c}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: ISTIO_MUTUAL, privateKey: /a}}')],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, sni: a.example.org, subjectAltNames: ["spiffe://example.org/ns/shop/sa/web"]}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, caCertificates: system}}')],
  ['MESH-SAN-SCHEME', RULE('{tls: {mode: SIMPLE, subjectAltNames: [web.example.org, "spiffe://example.org/ns/shop/sa/web"]}}')],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a"')],
  ['MESH-JWT-KEYS', JWT('jwksUri: "https://a/keys"')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY(`{rules: [{from: [{source: {principals: [example.org/ns/edge/sa/gateway]}}, {source: {serviceAccounts: [edge/gateway]}}], ${XFCC}}]}`)],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwks: \'{"keys": [{"kty": "EC"}]}\'')],
  ['MESH-JWT-KEYS', JWT('issuer: "${ISSUER}", jwksUri: "${ISSUER}/keys"')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{rules: [{when: [{key: "request.headers[x-tenant]", values: [a]}]}]}')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{action: DENY, rules: [{when: [{key: "request.headers[x-spiffe-id]", values: ["*"]}]}]}')],
  ['MESH-IDENTITY-HEADER', OBJECT('VirtualService', '{hosts: [a], http: [{headers: {request: {set: {x-spiffe-id: "%DOWNSTREAM_PEER_URI_SAN%", x-env: prod}}}}]}')],
])('%s: %s', (rule, text) => {
  expect(found(text, rule)).toEqual([]);
});

import { found } from '../cases';

const OBJECT = (kind: string, spec: string, version = 'networking.istio.io/v1'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`;
const RULE = (policy: string): string => OBJECT('DestinationRule', `{host: web.example.org, trafficPolicy: ${policy}}`);
const JWT = (rule: string): string => OBJECT('RequestAuthentication', `{jwtRules: [{${rule}}]}`, 'security.istio.io/v1');
const POLICY = (spec: string): string => OBJECT('AuthorizationPolicy', spec, 'security.istio.io/v1');
const XFCC = 'when: [{key: "request.headers[x-forwarded-client-cert]", values: [a]}]';
const TWO = (first: string, second: string): string => [first, second].map((spec, i) => OBJECT('DestinationRule', spec).replace('name: a', `name: rule-${i}`)).join('---\n');
const SERVER = (tls: string): string => OBJECT('Gateway', `{servers: [{hosts: [a.example.org], port: {number: 443, name: https, protocol: HTTPS}, tls: ${tls}}]}`);
const PROXY = (name: string, labels: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: edge}\nspec: {selector: {matchLabels: {${labels}}}, `
  + `template: {metadata: {labels: {${labels}}, annotations: {inject.istio.io/templates: "gateway,spire"}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}\n---\n`;
const SELECTED = (labels: string): string => OBJECT('Gateway', `{selector: {${labels}}, servers: []}`);
const OPERATOR = '---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a, namespace: istio-system}\nspec: {components: {ingressGateways: [{name: edge}]}}\n';

test.each([
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL}}'), 'MUTUAL without clientCertificate and privateKey'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, clientCertificate: /a}}'), 'MUTUAL without privateKey'],
  ['MESH-RULE-TLS', RULE('{portLevelSettings: [{port: {number: 1}, tls: {mode: MUTUAL, caCertificates: /a}}]}'), 'MUTUAL without'],
  ['MESH-RULE-TLS', OBJECT('DestinationRule', '{host: a, subsets: [{name: b, trafficPolicy: {tls: {mode: MUTUAL}}}]}'), 'MUTUAL without'],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, privateKey: /a}}'), 'ISTIO_MUTUAL beside privateKey'],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, credentialName: a}}'), 'ISTIO_MUTUAL beside credentialName'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, credentialName: a, clientCertificate: /a, privateKey: /b}}'), 'credentialName beside clientCertificate, privateKey'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, credentialName: a, caCertificates: /c}}'), 'credentialName beside caCertificates: one of them'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, credentialName: a, caCrl: /c}}'), 'credentialName beside caCrl'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, insecureSkipVerify: true, credentialName: a}}'), 'insecureSkipVerify beside credentialName'],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, insecureSkipVerify: true, credentialName: a, subjectAltNames: [a]}}'), 'insecureSkipVerify beside subjectAltNames'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, credentialName: a, serverCertificate: /a, privateKey: /b}'), 'credentialName beside serverCertificate: one of them'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, credentialName: a, credentialNames: [b]}'), 'credentialName beside credentialNames'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: ISTIO_MUTUAL, credentialName: a}'), 'mode ISTIO_MUTUAL beside credentialName'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, serverCertificate: /a}'), 'serverCertificate without privateKey'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: MUTUAL, serverCertificate: /a, privateKey: /b}'), 'mode MUTUAL without caCertificates'],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, serverCertificate: /a, privateKey: /b, caCrl: /c}'), 'caCrl with mode SIMPLE'],
  ['MESH-GATEWAY-SELECTOR', PROXY('ingress', 'istio: ingress') + SELECTED('istio: ingressgateway'), 'no pod has istio: ingressgateway; there is edge/ingress with istio: ingress'],
  ['MESH-GATEWAY-SELECTOR', PROXY('ingress', 'app: ingress') + SELECTED('app: edge'), 'no pod has app: edge'],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: web.shop.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}'), 'has the trafficPolicy of DestinationRule rule-0'],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, subsets: [{name: v1, labels: {version: v1}}]}', '{host: web, subsets: [{name: v1, labels: {version: v2}}]}'), 'DestinationRule rule-0 has a subset v1 already'],
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
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, credentialName: a}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, clientCertificate: /a, privateKey: /b, caCertificates: /c}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: ISTIO_MUTUAL, privateKey: /a}}')],
  ['MESH-RULE-CERTIFICATE', RULE('{tls: {mode: ISTIO_MUTUAL, sni: a.example.org, subjectAltNames: ["spiffe://example.org/ns/shop/sa/web"]}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, caCertificates: system}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: SIMPLE, credentialName: a, sni: a.example.org, subjectAltNames: [a.example.org]}}')],
  ['MESH-RULE-TLS', RULE('{tls: {mode: MUTUAL, insecureSkipVerify: true, credentialName: a}}')],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, credentialName: a, caCertificates: /c}')],
  ['MESH-GATEWAY-TLS', SERVER('{mode: SIMPLE, tlsCertificates: [{serverCertificate: /a, privateKey: /b}]}')],
  ['MESH-GATEWAY-TLS', SERVER('{mode: MUTUAL, serverCertificate: /a, privateKey: /b, caCertificates: /c, caCrl: /d}')],
  ['MESH-GATEWAY-TLS', SERVER('{mode: ISTIO_MUTUAL}')],
  ['MESH-GATEWAY-SELECTOR', PROXY('ingress', 'istio: ingressgateway') + SELECTED('istio: ingressgateway')],
  ['MESH-GATEWAY-SELECTOR', PROXY('egress', 'istio: egressgateway') + SELECTED('istio: ingressgateway')],
  ['MESH-GATEWAY-SELECTOR', PROXY('ingress', 'app: ingress') + SELECTED('app: edge') + OPERATOR],
  ['MESH-GATEWAY-SELECTOR', SELECTED('istio: ingressgateway')],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: web, subsets: [{name: v1}]}')],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: api, trafficPolicy: {tls: {mode: DISABLE}}}')],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, exportTo: [.], trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: web, exportTo: [edge], trafficPolicy: {tls: {mode: DISABLE}}}')],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: web, trafficPolicy: {tls: {mode: DISABLE}}, workloadSelector: {matchLabels: {app: a}}}')],
  ['MESH-TWO-DESTINATION-RULES', TWO('{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}', '{host: web, trafficPolicy: {tls: {mode: DISABLE}}}').replace('rule-1', 'rule-0')],
  ['MESH-SAN-SCHEME', RULE('{tls: {mode: SIMPLE, subjectAltNames: [web.example.org, "spiffe://example.org/ns/shop/sa/web"]}}')],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a"')],
  ['MESH-JWT-KEYS', JWT('jwksUri: "https://a/keys"')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY(`{rules: [{from: [{source: {principals: [example.org/ns/edge/sa/gateway]}}, {source: {serviceAccounts: [edge/gateway]}}], ${XFCC}}]}`)],
  ['MESH-JWT-KEYS', JWT('issuer: "https://a", jwks: \'{"keys": [{"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}]}\'')],
  ['MESH-JWT-KEYS', JWT('issuer: "${ISSUER}", jwksUri: "${ISSUER}/keys"')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{rules: [{when: [{key: "request.headers[x-tenant]", values: [a]}]}]}')],
  ['MESH-AUTHZ-IDENTITY-HEADER', POLICY('{action: DENY, rules: [{when: [{key: "request.headers[x-spiffe-id]", values: ["*"]}]}]}')],
  ['MESH-IDENTITY-HEADER', OBJECT('VirtualService', '{hosts: [a], http: [{headers: {request: {set: {x-spiffe-id: "%DOWNSTREAM_PEER_URI_SAN%", x-env: prod}}}}]}')],
])('%s: %s', (rule, text) => {
  expect(found(rule, text)).toEqual([]);
});

import { found } from '../cases';

const SIDECAR = (spec: string): string => `apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: a, namespace: shop}\nspec: {workloadSelector: {labels: {app: a}}, ${spec}}\n`;
const INGRESS = (listener: string): string => SIDECAR(`ingress: [{port: {number: 8443, protocol: HTTPS}, ${listener}}]`);
const EGRESS = (listener: string): string => SIDECAR(`egress: [{hosts: ["./*"], ${listener}}]`);
const POOL = (pool: string): string => SIDECAR(`inboundConnectionPool: {${pool}}`);
const FILES = 'serverCertificate: /a, privateKey: /b';
const PROXY = (policy: string): string => SIDECAR(`outboundTrafficPolicy: {${policy}}`);

test.each([
  [SIDECAR(''), 'the Sidecar has none of ingress, egress'],
  [SIDECAR('egress: [{hosts: []}]'), 'a listener of egress needs hosts'],
  [SIDECAR('egress: [{hosts: [shop/a]}]'), '"shop/a" has a short name'],
  [SIDECAR('egress: [{hosts: ["a b/*"]}]'), '"a b" is no namespace'],
  [SIDECAR('egress: [{hosts: ["./*"]}, {port: {number: 80}, hosts: ["./*"]}]'), 'it must be the last, and the only one'],
  [SIDECAR('egress: [{port: {number: 80}, hosts: ["./*"]}, {port: {number: 80}, hosts: ["./*"]}]'), 'port 80 has a listener already'],
  [SIDECAR('egress: [{port: {number: 0}, bind: "unix:///a", hosts: ["./*"]}, {port: {}, bind: "unix:///a", hosts: ["./*"]}]'), '"unix:///a" has a listener already'],
  [EGRESS('port: {number: 70000}'), 'port 70000 is not from 1 to 65535'],
  [EGRESS('port: {number: 80, protocol: HTTP3}'), 'protocol "HTTP3" is unknown'],
  [EGRESS('port: {number: 80, name: "a b"}'), '"a b" is no name of a port'],
  [EGRESS('port: {number: 80, targetPort: 80}'), 'targetPort has no effect in a Sidecar'],
  [EGRESS('port: {number: 80}, bind: a'), '"a" is no IP address'],
  [EGRESS('port: {number: 0}'), 'a listener without port number needs bind with a socket'],
  [EGRESS('port: {number: 0}, bind: "unix://a"'), '"unix://a" is no socket'],
  [EGRESS('port: {number: 0}, bind: "unix:///a", captureMode: IPTABLES'), 'IPTABLES captures no socket'],
  [SIDECAR('ingress: [{port: {number: 80}}, {port: {number: 80}}]'), 'port 80 has a listener already'],
  [SIDECAR('ingress: [{port: {protocol: HTTP}}]'), 'port 0 is not from 1 to 65535'],
  [INGRESS('bind: a'), '"a" is no IP address'],
  [INGRESS('defaultEndpoint: "10.0.0.1:80"'), 'defaultEndpoint "10.0.0.1:80" is not of the form 127.0.0.1:PORT'],
  [INGRESS('defaultEndpoint: "127.0.0.1"'), 'defaultEndpoint "127.0.0.1" is not of the form'],
  [INGRESS('defaultEndpoint: "127.0.0.1:http"'), 'has no port at its end'],
  [INGRESS('defaultEndpoint: "127.0.0.1:0"'), 'port "0" is not from 1 to 65535'],
  [INGRESS('defaultEndpoint: "unix://a"'), '"unix://a" is no socket'],
  [INGRESS('tls: {mode: SIMPLE, credentialName: a}'), 'a Sidecar takes no credentialName'],
  [INGRESS(`tls: {mode: SIMPLE, ${FILES}, subjectAltNames: [a]}`), 'a Sidecar takes no subjectAltNames'],
  [INGRESS(`tls: {mode: SIMPLE, ${FILES}, httpsRedirect: true}`), 'a Sidecar takes no httpsRedirect'],
  [INGRESS('tls: {mode: ISTIO_MUTUAL}'), 'a Sidecar takes no mode ISTIO_MUTUAL'],
  [INGRESS('tls: {mode: SIMPLE, privateKey: /b}'), 'mode SIMPLE needs serverCertificate'],
  [INGRESS(`tls: {mode: MUTUAL, ${FILES}}`), 'mode MUTUAL needs caCertificates'],
  [INGRESS(`tls: {mode: SIMPLE, ${FILES}, caCrl: /c}`), 'caCrl is for MUTUAL only'],
  [SIDECAR(`ingress: [{port: {number: 80, protocol: HTTP}, tls: {mode: SIMPLE, ${FILES}}}]`), 'TLS at a port of protocol "HTTP"'],
  [INGRESS('connectionPool: {}'), 'the connectionPool is empty: http or tcp is wanted'],
  [POOL('http: {maxRetries: -1}'), '-1 is below 0'],
  [POOL('http: {idleTimeout: 0s}'), '"0s" is less than 1ms'],
  [POOL('http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}'), 'exclude each other'],
  [POOL('http: {http2KeepAlive: {interval: 5s}}'), 'http2KeepAlive has no timeout'],
  [POOL('tcp: {maxConnections: -1}'), '-1 is below 0'],
  [POOL('tcp: {idleTimeout: soon}'), '"soon" is no duration'],
  [POOL('tcp: {tcpKeepalive: {time: 0s}}'), '"0s" is less than 1ms'],
  [PROXY('mode: REGISTRY_ONLY, egressProxy: {host: a.b, port: {number: 80}}'), 'egressProxy is for mode ALLOW_ANY only'],
  [PROXY('mode: ALLOW_ANY, egressProxy: {host: a.b}'), 'egressProxy needs a port'],
  [PROXY('mode: ALLOW_ANY, egressProxy: {host: "*.b", port: {number: 80}}'), 'is no DNS name'],
  [PROXY('mode: ALLOW_ANY, egressProxy: {host: a.b, port: {number: 0}}'), 'port 0 is not from 1 to 65535'],
  [PROXY('mode: ALLOW_ANY_DYNAMIC_DNS'), 'ALLOW_ANY_DYNAMIC_DNS is for meshConfig only'],
])('fails: %s', (text, message) => {
  expect(found('MESH-SIDECAR-SHAPE', text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  SIDECAR('egress: [{port: {number: 80, protocol: http, name: ""}, bind: 127.0.0.1, hosts: [shop/a.b]}, {hosts: ["./*", "istio-system/*", "{{ .host }}"]}]'),
  SIDECAR('egress: [{port: {number: 0}, bind: "unix:///a", hosts: ["./*"]}, {port: {number: 0}, bind: "unix://@b", hosts: ["~/*"]}]'),
  SIDECAR('ingress: [{port: {number: "${PORT}", protocol: "${PROTOCOL}"}, defaultEndpoint: "127.0.0.1:${PORT}"}]'),
  INGRESS(`defaultEndpoint: "[::1]:80", tls: {mode: MUTUAL, ${FILES}, caCertificates: /c, caCrl: /d}`),
  INGRESS('defaultEndpoint: ":80", bind: "::"'),
  INGRESS('tls: {mode: "${MODE}"}'),
  POOL('http: {http2KeepAlive: {interval: 5s, timeout: 1s}, h2UpgradePolicy: UPGRADE}, tcp: {idleTimeout: 0s}'),
  PROXY('mode: ALLOW_ANY, egressProxy: {host: a.b, subset: v1, port: {number: 443}}'),
])('takes %s', text => {
  expect(found('MESH-SIDECAR-SHAPE', text)).toEqual([]);
});

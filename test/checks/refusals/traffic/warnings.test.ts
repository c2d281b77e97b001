import { found } from '../../cases';

const ISTIO = (kind: string, spec: string): string => `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: {${spec}}\n`;
const GATEWAY = (tls: string, protocol = 'HTTPS'): string => ISTIO('Gateway', `servers: [{port: {number: 443, name: a, protocol: ${protocol}}, hosts: ["*"], tls: {${tls}}}]`);
const ENTRY = (spec: string): string => ISTIO('ServiceEntry', `hosts: [a.example.org], ${spec}`);
const ROUTES = (routes: string, kind = 'http'): string => ISTIO('VirtualService', `hosts: [a.example.org], ${kind}: [${routes}]`);
const TO = (host: string): string => `route: [{destination: {host: ${host}}}]`;

test.each<[text: string, message: string]>([
  [GATEWAY('mode: PASSTHROUGH, credentialName: a'), 'mode PASSTHROUGH beside credentialName: TLS is passed through, and no certificate is used'],
  [GATEWAY('mode: SIMPLE, credentialName: a, httpsRedirect: true'), 'httpsRedirect at a server of protocol HTTPS: only plain HTTP is sent on'],
  [GATEWAY('mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_0'), 'minProtocolVersion TLSV1_0 without cipherSuites: those that are the default are for 1.2 and newer'],
  [GATEWAY('mode: SIMPLE, credentialName: a, cipherSuites: [TLS_AES_128_GCM_SHA256, AES128-SHA, "-ALL"]'), 'cipherSuites "TLS_AES_128_GCM_SHA256" is unknown, and left out'],
  [ROUTES(`{fault: {abort: {percentage: {value: 1}}}, ${TO('a')}}`), 'abort without httpStatus or grpcStatus aborts nothing'],
  [ISTIO('ServiceEntry', 'hosts: ["*a.example.org"]'), 'host "*a.example.org" has a star that is no whole label'],
  [ENTRY('resolution: STATIC, workloadSelector: {}'), 'workloadSelector without labels selects every workload of the namespace'],
  [ENTRY('workloadSelector: {labels: {app: a}}'), 'workloadSelector with resolution NONE, which is the default: what it selects is not used'],
  [ENTRY('ports: [{number: 5432, name: tcp, protocol: TCP}]'), 'a TCP port without addresses and with resolution NONE: every connection to this port is taken for the host'],
])('fails %s', (text, message) => expect(found('MESH-ISTIO-WARNS', text)).toEqual([message]));

test.each([
  GATEWAY('mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_0, cipherSuites: [AES128-SHA]'),
  GATEWAY('httpsRedirect: true', 'HTTP'),
  ROUTES(`{fault: {abort: {grpcStatus: NOT_FOUND}}, ${TO('a')}}`),
  ENTRY('addresses: [192.0.2.1], ports: [{number: 5432, name: tcp, protocol: TCP}]'),
  ISTIO('ServiceEntry', 'hosts: ["*a.example.org"], resolution: DYNAMIC_DNS'),
  ENTRY('resolution: DNS, ports: [{number: 5432, name: tcp, protocol: TCP}]'),
])('takes %s', text => expect(found('MESH-ISTIO-WARNS', text)).toEqual([]));

test.each<[text: string, by: number, at: number]>([
  [ROUTES(`{match: [{uri: {prefix: /api}}], ${TO('a')}}, {match: [{uri: {prefix: /api/v2}}], ${TO('b')}}`), 1, 2],
  [ROUTES(`{match: [{uri: {prefix: /api}}], ${TO('a')}}, {match: [{name: a, uri: {exact: /api}, headers: {x: {exact: a}}}], ${TO('b')}}`), 1, 2],
  [ROUTES(`{match: [{headers: {x: {exact: a}, y: {exact: b}}}], ${TO('a')}}, {match: [{uri: {exact: /}, headers: {y: {exact: b}, x: {exact: a}}}], ${TO('b')}}`), 1, 2],
  [ROUTES(`{match: [{uri: {regex: /a.}}, {uri: {exact: /b}}], ${TO('a')}}, {match: [{uri: {exact: /b}}, {uri: {regex: /a.}}], ${TO('b')}}`), 1, 2],
  [ROUTES(`{match: [{port: 1}], ${TO('a')}}, {match: [{port: 2}], ${TO('b')}}, {match: [{port: 1}], ${TO('c')}}`, 'tcp'), 1, 3],
  [ROUTES(`{match: [{sniHosts: [a.example.org]}], ${TO('a')}}, {match: [{sniHosts: [a.example.org]}], ${TO('b')}}`, 'tls'), 1, 2],
])('fails %s', (text, by, at) => expect(found('MESH-ROUTE-SHADOWED', text)).toEqual([`route ${by} takes every request that route ${at} is for`]));

test('fails a tcp route behind one without match', () => {
  expect(found('MESH-ROUTE-SHADOWED', ROUTES(`{${TO('a')}}, {match: [{port: 1}], ${TO('b')}}`, 'tcp'))).toEqual(['route 1 takes every request before route 2 is looked at']);
});

test.each([
  ['the narrower first', ROUTES(`{match: [{uri: {prefix: /api/v2}}], ${TO('b')}}, {match: [{uri: {prefix: /api}}], ${TO('a')}}`)],
  ['other conditions', ROUTES(`{match: [{uri: {prefix: /api}, method: {exact: GET}}], ${TO('a')}}, {match: [{uri: {prefix: /api/v2}}], ${TO('b')}}`)],
  ['one of two matches', ROUTES(`{match: [{uri: {prefix: /api}}], ${TO('a')}}, {match: [{uri: {prefix: /api/v2}}, {uri: {exact: /b}}], ${TO('b')}}`)],
  ['a match in any case', ROUTES(`{match: [{uri: {prefix: /api}}], ${TO('a')}}, {match: [{uri: {prefix: /api}, ignoreUriCase: true}], ${TO('b')}}`)],
  ['a route that does the same', ROUTES(`{match: [{uri: {prefix: /api}}], ${TO('a')}}, {name: b, match: [{uri: {prefix: /api/v2}}], ${TO('a')}}`)],
  ['a delegate', ROUTES(`{match: [{uri: {prefix: /api}}], delegate: {name: a}}, {match: [{uri: {prefix: /api/v2}}], ${TO('b')}}`)],
  ['an exact path before its prefix', ROUTES(`{match: [{uri: {exact: /api}}], ${TO('a')}}, {match: [{uri: {prefix: /api}}], ${TO('b')}}`)],
])('%s is reached', (_, text) => expect(found('MESH-ROUTE-SHADOWED', text)).toEqual([]));

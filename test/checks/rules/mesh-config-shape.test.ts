import { found } from '../cases';

const MESH = (config: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {meshConfig: {${config}}}\n`;
const DEFAULTS = (settings: string): string => MESH(`defaultConfig: {${settings}}`);
const TRACING = (settings: string): string => DEFAULTS(`tracing: {${settings}}`);
const CONNECTIONS = (settings: string): string => DEFAULTS(`connectionSettings: {${settings}}`);
const POLICY = (settings: string): string => MESH(`defaultTrafficPolicy: {${settings}}`);
const LOCALITY = (settings: string): string => MESH(`localityLbSetting: {${settings}}`);
const PROVIDER = (provider: string): string => MESH(`extensionProviders: [{name: a, ${provider}}]`);

test.each([
  [MESH('trustDomain: ""'), 'the trust domain is empty'],
  [MESH('proxyListenPort: 0'), 'port 0 is not from 1 to 65535'],
  [MESH('connectTimeout: "10"'), '"10" is no duration'],
  [MESH('connectTimeout: 0s'), '"0s" is less than 1ms'],
  [MESH('connectTimeout: 2h'), '"2h" is more than an hour'],
  [MESH('protocolDetectionTimeout: 0.0005s'), '"0.0005s" is less than 1ms'],
  [MESH('dnsRefreshRate: often'), '"often" is no duration'],
  [MESH('tcpKeepalive: {probes: -1}'), '-1 is not taken: at least 0 is wanted'],
  [MESH('serviceSettings: [{hosts: ["a*.b"]}]'), '"a*.b" is no DNS name'],
  [MESH('meshMTLS: {ecdhCurves: [P-256]}'), 'meshMTLS takes no ecdhCurves'],
  [MESH('outboundTrafficPolicy: {mode: REGISTRY}'), 'mode is "REGISTRY": one of REGISTRY_ONLY, ALLOW_ANY'],
  [MESH('enableTracing: "5"'.replace('"5"', 'maybe')), 'enableTracing is "maybe": true or false without quotes is wanted'],
  [MESH('rootNamespace: [a]'), 'rootNamespace is a list: text is wanted'],
  [LOCALITY('distribute: [{from: a, to: {a: 100}}], failover: [{from: a, to: b}]'), 'distribute and failover exclude each other'],
  [LOCALITY('failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/zone]'), 'failover and the label topology.kubernetes.io/zone exclude each other'],
  [LOCALITY('distribute: [{from: a, to: {a: 80, b: 10}}]'), 'the weights are 90 in sum: 100 is wanted'],
  [LOCALITY('distribute: [{from: a, to: {a: 100, b: 0}}]'), 'weight 0 of b is none of 1 to 100'],
  [LOCALITY('distribute: [{from: "a//b", to: {a: 100}}]'), 'locality "a//b" has an empty part: region/zone/subzone is wanted'],
  [LOCALITY('distribute: [{from: a, to: {a: 100}}, {from: a/b, to: {a: 100}}]'), 'locality "a/b" overlaps with another'],
  [LOCALITY('failover: [{from: a, to: a}]'), 'failover from "a" to itself'],
  [LOCALITY('failover: [{from: a, to: b/c}]'), 'failover from "a" to "b/c": only regions are taken, no zones'],
  [MESH('zoneAwareLbSetting: {failoverPriority: [topology.istio.io/subzone]}'), 'zoneAwareLbSetting knows regions and zones itself: remove the label topology.istio.io/subzone'],
  [MESH('zoneAwareLbSetting: {failover: [{from: "*", to: b}]}'), 'failover takes no stars: write the region'],
  [POLICY('connectionPool: {}'), 'the connectionPool is empty: http or tcp is wanted'],
  [POLICY('connectionPool: {tcp: {connectTimeout: soon}}'), '"soon" is no duration'],
  [POLICY('outlierDetection: {maxEjectionPercent: 101}'), '101 is not taken: from 0 to 100'],
  [POLICY('outlierDetection: {interval: 0s}'), '"0s" is less than 1ms'],
  [POLICY('outlierDetection: {consecutiveLocalOriginFailures: 5}'), 'counts with splitExternalLocalOriginErrors: true only'],
  [DEFAULTS('binaryPath: ""'), 'an empty value is not taken'],
  [DEFAULTS('drainDuration: 1.5s'), '"1.5s" is not in whole seconds'],
  [DEFAULTS('terminationDrainDuration: soon'), '"soon" is no duration'],
  [DEFAULTS('discoveryAddress: istiod'), '"istiod" is not of the form host:port'],
  [DEFAULTS('statsdUdpAddress: "a:b"'), '"a:b" has no port from 1 to 65535 at its end'],
  [DEFAULTS('envoyMetricsService: {address: a_b:80}'), '"a_b" is neither a DNS name nor an IP address'],
  [DEFAULTS('statusPort: 0'), 'port 0 is not from 1 to 65535'],
  [DEFAULTS('controlPlaneAuthPolicy: INHERIT'), 'INHERIT is not taken here'],
  [DEFAULTS('proxyMetadata: {A: 1}'), 'A is 1: text is wanted'],
  [DEFAULTS('privateKeyProvider: {}'), 'privateKeyProvider has neither cryptomb nor qat'],
  [DEFAULTS('privateKeyProvider: {qat: {}}'), 'qat needs a pollDelay above 0s'],
  [DEFAULTS('privateKeyProvider: {cryptomb: {pollDelay: 0s}}'), 'cryptomb needs a pollDelay above 0s'],
  [DEFAULTS('privateKeyProvider: {cryptomb: {pollDelay: soon}}'), '"soon" is no duration'],
  [TRACING('zipkin: {}'), 'the collector has no address'],
  [TRACING('zipkin: {address: zipkin}'), '"zipkin" is not of the form host:port'],
  [TRACING('lightstep: {address: "a.b:80"}'), 'lightstep needs an accessToken'],
  [TRACING('tlsSettings: {mode: MUTUAL, clientCertificate: /a}'), 'mode MUTUAL needs privateKey'],
  [TRACING('tlsSettings: {mode: SIMPLE, credentialName: a, caCertificates: /c}'), 'credentialName and files exclude each other'],
  [TRACING('tlsSettings: {mode: SIMPLE, insecureSkipVerify: true, caCertificates: /c}'), 'insecureSkipVerify beside what is to be verified'],
  [CONNECTIONS('clusterPerConnectionBufferLimitBytes: -1'), '-1 is not taken: at least 0 is wanted'],
  [CONNECTIONS('httpIdleTimeout: -1s'), '"-1s" is negative'],
  [CONNECTIONS('httpMaxConcurrentStreams: 0'), '0 is not taken: at least 1 is wanted'],
  [CONNECTIONS('http2InitialStreamWindowSize: 1024'), '1024 is not taken: at least 65535 is wanted'],
])('fails: %s', (text, message) => {
  expect(found('MESH-CONFIG-SHAPE', text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  MESH('trustDomain: example.org, connectTimeout: 10s, protocolDetectionTimeout: 0s, proxyListenPort: "15001", outboundTrafficPolicy: {mode: REGISTRY_ONLY}'),
  MESH('trustDomain: "{{ .domain }}", connectTimeout: "${TIMEOUT}", serviceSettings: [{hosts: ["*", "*.a.b", "${HOST}"]}]'),
  LOCALITY('distribute: [{from: a/b, to: {a/b: 80, "a/c": 20}}, {from: "a/*", to: {a: 100}}, {from: "*", to: {a: "${WEIGHT}"}}]'),
  LOCALITY('failover: [{from: a, to: b}], failoverPriority: [x]'),
  POLICY('connectionPool: {tcp: {idleTimeout: 0s}}, outlierDetection: {consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true}'),
  DEFAULTS('discoveryAddress: "istiod.istio-system.svc:15012", drainDuration: 45s, proxyMetadata: {A: "1"}, privateKeyProvider: {qat: {pollDelay: 10ms}}'),
  TRACING('zipkin: {address: "$(HOST_IP):9411"}, tlsSettings: {mode: MUTUAL, clientCertificate: /a, privateKey: /b, caCertificates: /c}'),
  CONNECTIONS('httpIdleTimeout: 0s, http2InitialStreamWindowSize: 65535'),
])('takes %s', text => {
  expect(found('MESH-CONFIG-SHAPE', text)).toEqual([]);
});

test.each([
  ['Helm values', 'meshConfig: {trustDomain: example.org, connectTimeout: 0s}\npilot: {}\n'],
  ['the ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    trustDomain: example.org\n    connectTimeout: 0s\n'],
  ['Sail', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {values: {meshConfig: {connectTimeout: 0s}}}\n'],
])('fails in %s', (_, text) => {
  expect(found('MESH-CONFIG-SHAPE', text)).toEqual(['"0s" is less than 1ms']);
});

test.each([
  [PROVIDER('envoyExtAuthzGrpc: {port: 80}'), 'there is no service'],
  [PROVIDER('zipkin: {service: a_b, port: 80}'), '"a_b" is no DNS name'],
  [PROVIDER('skywalking: {service: "shop/a", port: 80}'), '"shop/a" has a short name'],
  [PROVIDER('datadog: {service: a.b}'), 'port 0 is not from 1 to 65535'],
  [PROVIDER('lightstep: {service: a.b, port: 80}'), 'lightstep needs an accessToken'],
  [PROVIDER('envoyExtAuthzHttp: {service: a.b, port: 80, statusOnError: "600"}'), 'statusOnError "600" is no status'],
  [PROVIDER('envoyExtAuthzHttp: {service: a.b, port: 80, pathPrefix: check}'), 'pathPrefix "check" is no path'],
  [PROVIDER('opentelemetry: {service: a.b, port: 80, http: {path: /a}, grpc: {timeout: 1s}}'), 'grpc and http exclude each other'],
])('fails as Istio does not use the provider: %s', (text, message) => {
  expect(found('MESH-PROVIDER-SHAPE', text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  PROVIDER('envoyExtAuthzHttp: {service: shop/opa.shop.svc.cluster.local, port: 80, statusOnError: "503", pathPrefix: /check}'),
  PROVIDER('opentelemetry: {service: 10.0.0.1, port: "${PORT}"}'),
  PROVIDER('zipkin: {service: "${SERVICE}", port: 9411}'),
])('Istio uses the provider: %s', text => {
  expect(found('MESH-PROVIDER-SHAPE', text)).toEqual([]);
});

const POD = (config: string): string => `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {sidecar.istio.io/inject: "true"}, annotations: {proxy.istio.io/config: '${config}'}}
spec: {containers: [{name: a, image: "registry.example.org/a:1"}]}
`;

test.each([
  ['drainDuration: 0s', 'drainDuration: "0s" is less than 1ms'],
  ['statusPort: 0', 'statusPort: port 0 is not from 1 to 65535'],
  ['proxyMetadata: {A: true}', 'A is true: text is wanted: write it in quotes'],
  ['interceptionMode: NOWHERE', 'interceptionMode is "NOWHERE": one of REDIRECT, TPROXY, NONE is wanted'],
])('fails as the injector refuses the pod: %s', (config, message) => {
  expect(found('MESH-PROXY-ANNOTATION', POD(config))).toEqual([message]);
});

test('a right annotation', () => {
  expect(found('MESH-PROXY-ANNOTATION', POD('{"concurrency": 2, "proxyMetadata": {"A": "b"}, "drainDuration": "45s"}'))).toEqual([]);
});

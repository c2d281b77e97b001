import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INPUT_RULES } from '../../../src/checks/rules/input';
import { check } from '../cases';

const ISTIO = (kind: string, spec: string, version = 'networking.istio.io/v1'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`;
const found = (text: string): string[] => check('a.yaml', text, INPUT_RULES).map(({ rule, message, line }) => `${rule} ${line}: ${message}`);

test.each([
  ['a field that is not there', ISTIO('DestinationRule', '{host: a, trafficPolicy: {outlierDetection: {consecutiveErrors2: 5}}}'), 'there is no field consecutiveErrors2 in spec.trafficPolicy.outlierDetection'],
  ['a field in a subset', ISTIO('DestinationRule', '{host: a, subsets: [{name: v1, label: {version: v1}}]}'), 'there is no field label in spec.subsets[0]'],
  ['a field in an older version', ISTIO('VirtualService', '{hosts: [a], http: [{routes: []}]}', 'networking.istio.io/v1alpha3'), 'there is no field routes in spec.http[0]'],
  ['a word that is not taken', ISTIO('DestinationRule', '{host: a, trafficPolicy: {tls: {mode: STRICT}}}'), 'mode is "STRICT": one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL is wanted'],
  ['one where a list is wanted', ISTIO('VirtualService', '{hosts: a}'), 'hosts is "a": a list is wanted'],
  ['a number for text', ISTIO('AuthorizationPolicy', '{rules: [{to: [{operation: {ports: [8080]}}]}]}', 'security.istio.io/v1'), 'ports[0] is 8080: text is wanted'],
  ['text for a number', ISTIO('Gateway', '{servers: [{hosts: ["*"], port: {number: "80", name: http, protocol: HTTP}}]}'), 'number is "80": a whole number without quotes is wanted'],
  ['text for a boolean', ISTIO('Telemetry', '{accessLogging: [{disabled: "true"}]}', 'telemetry.istio.io/v1'), 'disabled is "true": true or false without quotes is wanted'],
  ['a duration without unit', ISTIO('VirtualService', '{hosts: [a], http: [{timeout: "5"}]}'), 'timeout is "5": a duration'],
  ['a field that must be there', ISTIO('DestinationRule', '{trafficPolicy: {}}'), 'spec has no host, which it must have'],
  ['a mapping for a list', ISTIO('ServiceEntry', '{hosts: [a.example.org], ports: {number: 80}}'), 'ports is a mapping: a list is wanted'],
  ['an entity of Cilium', 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}\nspec: {endpointSelector: {}, ingress: [{fromEntities: [nodes]}]}\n', 'fromEntities[0] is "nodes"'],
  ['a selector of a monitor', 'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: a}\nspec: {selector: {}, namespaceSelector: {matchLabels: {a: b}}}\n', 'no field matchLabels in spec.namespaceSelector'],
  ['a Certificate without issuer', 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: a}\n', 'spec has no issuerRef'],
])('fails %s', (_, text, message) => {
  expect(found(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['an unset field', ISTIO('VirtualService', '{hosts: [a], http: null, gateways: }')],
  ['variables of other programs', ISTIO('VirtualService', '{hosts: ["${HOST}"], http: [{timeout: "${TIMEOUT}", route: [{weight: "${WEIGHT:=5}", destination: {host: a, port: {number: "{{ .Values.port }}"}}}]}]}')],
  ['an unquoted template', ISTIO('VirtualService', '\n  hosts: [a]\n  http: [{route: [{weight: {{ .Weight }}, destination: {host: a}}]}]')],
  ['keys of a strategic merge', ISTIO('DestinationRule', '{host: a, subsets: [{$patch: delete, name: v1}]}')],
  ['an Envoy patch', ISTIO('EnvoyFilter', '{configPatches: [{applyTo: HTTP_FILTER, patch: {operation: MERGE, value: {anything: {goes: [1]}}}}]}', 'networking.istio.io/v1alpha3')],
  ['a version that nobody knows', ISTIO('DestinationRule', '{future: true}', 'networking.istio.io/v2')],
  ['a namesake of another group', ISTIO('Gateway', '{gatewayClassName: istio, listeners: []}', 'gateway.networking.k8s.io/v1')],
  ['a default of a required field', 'apiVersion: redhatcop.redhat.io/v1alpha1\nkind: JWTOIDCAuthEngineConfig\nmetadata: {name: a}\nspec: {path: jwt, OIDCDiscoveryURL: "https://a", authentication: {path: kubernetes, role: a}}\n'],
  ['durations', ISTIO('VirtualService', '{hosts: [a], http: [{timeout: 1m30s, retries: {attempts: 3, perTryTimeout: 0.5s}}]}')],
])('%s is right', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('a patch of kustomize need not be whole', () => {
  const patch = ISTIO('DestinationRule', '{trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}');
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: a.yaml}]\n---\n';
  expect(found(patch)).toHaveLength(1);
  expect(found(kustomization + patch)).toEqual([]);
});

const NOTATIONS = ['istio', 'cilium', 'linkerd', 'cert-manager', 'prometheus-operator', 'grafana-operator', 'vault-config-operator'];

test.each(NOTATIONS)('%s is written in lines of a readable length', name => {
  const text = readFileSync(join(__dirname, `../../../src/checks/schemas/${name}.ts`), 'utf8');
  expect(text.split('\n').filter(line => line.length > 150)).toEqual([]);
});

describe('a folder of kustomize', () => {
  const rule = (mode: string): string => ISTIO('PeerAuthentication', `{mtls: {mode: ${mode}}}`, 'security.istio.io/v1');

  test('fails where two of its resources are one object', () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n---\n${rule('STRICT')}---\n${rule('DISABLE')}`;
    expect(found(text)).toContainEqual('INPUT-KUSTOMIZE-TWICE 12: PeerAuthentication a is defined already in a.yaml');
  });

  test('may have alternatives that it does not list', () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [b.yaml]\n---\n${rule('STRICT')}---\n${rule('DISABLE')}`;
    expect(found(text).filter(line => line.startsWith('INPUT-KUSTOMIZE'))).toEqual([]);
  });
});

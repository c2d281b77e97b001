import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFiles } from '../../../scripts/crd-fields';
import { findingsOf, Input } from '../cases';

const ISTIO = (kind: string, spec: string, version = 'networking.istio.io/v1'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`;
const GATEWAY = (kind: string, spec: string): string => ISTIO(kind, spec, 'gateway.networking.k8s.io/v1');
const CILIUM = (rule: string): string => `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}\nspec: {endpointSelector: {}, ingress: [${rule}]}\n`;
const told = (text: string): string[] => findingsOf(/^INPUT-/, text).map(({ rule, message, line }) => `${rule} ${line}: ${message}`);

test.each([
  ['a misspelt field', ISTIO('DestinationRule', '{host: a, trafficPolicy: {outlierDetection: {consecutiveErrors2: 5}}}'), 'INPUT-SCHEMA 4: there is no field consecutiveErrors2 in spec.trafficPolicy.outlierDetection'],
  ['a field in a subset', ISTIO('DestinationRule', '{host: a, subsets: [{name: v1, label: {version: v1}}]}'), 'there is no field label in spec.subsets[0]'],
  ['a field in an older version', ISTIO('VirtualService', '{hosts: [a], http: [{routes: []}]}', 'networking.istio.io/v1alpha3'), 'there is no field routes in spec.http[0]'],
  ['a word that is not taken', ISTIO('DestinationRule', '{host: a, trafficPolicy: {tls: {mode: STRICT}}}'), 'mode is "STRICT": one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL is wanted'],
  ['a long text where a list is wanted', ISTIO('VirtualService', `{hosts: ${'a'.repeat(300)}}`), `hosts is "${'a'.repeat(80)}" and so on: a list is wanted`],
  ['one where a list is wanted', ISTIO('VirtualService', '{hosts: a}'), 'hosts is "a": a list is wanted'],
  ['a number for text', ISTIO('AuthorizationPolicy', '{rules: [{to: [{operation: {ports: [8080]}}]}]}', 'security.istio.io/v1'), 'ports[0] is 8080: text is wanted'],
  ['text for a number', ISTIO('Gateway', '{servers: [{hosts: ["*"], port: {number: "80", name: http, protocol: HTTP}}]}'), 'number is "80": a whole number without quotes is wanted'],
  ['text for a boolean', ISTIO('Telemetry', '{accessLogging: [{disabled: "true"}]}', 'telemetry.istio.io/v1'), 'disabled is "true": true or false without quotes is wanted'],
  ['a duration without unit', ISTIO('VirtualService', '{hosts: [a], http: [{timeout: "5"}]}'), 'timeout is "5": a duration'],
  ['a field that must be there', ISTIO('DestinationRule', '{trafficPolicy: {}}'), 'spec has no host, which it must have'],
  ['a mapping for a list', ISTIO('ServiceEntry', '{hosts: [a.example.org], ports: {number: 80}}'), 'ports is a mapping: a list is wanted'],
  ['an entity of Cilium', 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}\nspec: {endpointSelector: {}, ingress: [{fromEntities: [nodes]}]}\n', 'fromEntities[0] is "nodes"'],
  ['a field in the wrong case', ISTIO('DestinationRule', '{host: a, trafficpolicy: {}}'), 'INPUT-SCHEMA 4: there is no field trafficpolicy in spec: '],
  ['a field of another version', ISTIO('DestinationRule', '{host: a, futurePolicy: {}}'), 'INPUT-UNKNOWN-FIELD 4: there is no field futurePolicy in spec'],
  ['a short name that is not near', ISTIO('VirtualService', '{hosts: [a], udp: []}'), 'INPUT-UNKNOWN-FIELD 4: there is no field udp in spec'],
  ['with the version of the definition', ISTIO('DestinationRule', '{hosts: a, host: a}'), '(Istio of August 2026)'],
  ['a text that is no boolean', ISTIO('Telemetry', '{accessLogging: [{disabled: nope}]}', 'telemetry.istio.io/v1'), 'disabled is "nope"'],
  ['a selector of a monitor', 'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: a}\nspec: {selector: {}, namespaceSelector: {matchLabels: {a: b}}}\n', 'no field matchLabels in spec.namespaceSelector'],
  ['a secret of Vault without its path', 'apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: a}\nspec: {mount: kv, type: kv-v2, destination: {name: a}}\n', 'spec has no path'],
  ['a route of the Gateway API with a field in the singular', GATEWAY('HTTPRoute', '{parentRef: [{name: a}]}'), 'INPUT-SCHEMA 4: there is no field parentRef in spec'],
  ['a method in lower case', GATEWAY('HTTPRoute', '{rules: [{matches: [{method: get}]}]}'), 'method is "get": one of GET, HEAD'],
  ['a listener without port', GATEWAY('Gateway', '{gatewayClassName: istio, listeners: [{name: http, protocol: HTTP}]}'), 'spec.listeners[0] has no port'],
  ['a port that is too high', GATEWAY('Gateway', '{gatewayClassName: istio, listeners: [{name: http, protocol: HTTP, port: 70000}]}'), 'port is 70000: 1 to 65535 is wanted'],
  ['a number below none', ISTIO('WorkloadEntry', '{address: 10.0.0.1, weight: -1}'), 'weight is -1: 0 to 4294967295 is wanted'],
  ['what Sail does not have', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {namespaces: a}\n', 'there is no field namespaces in spec'],
  ['a Certificate without issuer', 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: a}\n', 'spec has no issuerRef'],
])('fails %s', (_, text, message) => {
  expect(told(text)).toEqual([expect.stringContaining(message)]);
});

const DEPLOYMENT = (pod: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: shop}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: ${pod}
`;
const CONTAINER = (fields: string): string => DEPLOYMENT(`{containers: [{name: a, image: "a:1", ${fields}}]}`);
const KUBERNETES = (apiVersion: string, kind: string, fields: string): string => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\n${fields}\n`;

describe('kinds of Kubernetes', () => {
  test.each([
    ['a field of the pod in a container', CONTAINER('volumes: []'), 'INPUT-SCHEMA 8: there is no field volumes in spec.template.spec.containers[0]: it is one of spec.template.spec (Kubernetes 1.37)'],
    ['a field in the wrong case', DEPLOYMENT('{serviceaccountName: a}'), 'INPUT-SCHEMA 8: there is no field serviceaccountName in spec.template.spec: is it serviceAccountName (Kubernetes 1.37)'],
    ['a field in the singular', CONTAINER('volumeMount: []'), 'there is no field volumeMount in spec.template.spec.containers[0]: is it volumeMounts'],
    ['a number in quotes', DEPLOYMENT('{terminationGracePeriodSeconds: "5"}'), 'terminationGracePeriodSeconds is "5": a whole number without quotes is wanted'],
    ['a mapping for a list', CONTAINER('env: {A: b}'), 'env is a mapping: a list is wanted'],
    ['a selector in the plural', KUBERNETES('v1', 'Service', 'spec: {selectors: {app: a}}'), 'there is no field selectors in spec: is it selector'],
    ['a rule in the singular', KUBERNETES('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {}, ingress: [{port: [{port: 80}]}]}'), 'there is no field port in spec.ingress[0]: is it ports'],
    ['rights in the singular', KUBERNETES('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{apiGroups: [""], resource: [pods], verbs: [get]}]'), 'there is no field resource in rules[0]: is it resources'],
    ['one of many fields, of which the nearest are named', CONTAINER('volumesMounted: []'), 'containers[0]: volumeMounts, volumeDevices, command, resources, lifecycle, livenessProbe, securityContext, stdinOnce, env, image, name, ports and 13 others'],
    ['a field that a later version may have', CONTAINER('teleport: true'), 'INPUT-UNKNOWN-FIELD 8: there is no field teleport'],
    ['a variable without name', CONTAINER('env: [{value: a}]'), 'INPUT-SCHEMA 8: spec.template.spec.containers[0].env[0] has no name, which it must have (Kubernetes 1.37)'],
    ['a mount with an empty path', CONTAINER('volumeMounts: [{name: a, mountPath: ""}]'), 'mountPath is "": it must say something'],
    ['a binding without role', KUBERNETES('rbac.authorization.k8s.io/v1', 'RoleBinding', 'subjects: []'), 'the object has no roleRef'],
    ['a webhook without sideEffects', KUBERNETES('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration',
      'webhooks: [{name: a.example.org, admissionReviewVersions: [v1], clientConfig: {url: "https://a"}}]'), 'webhooks[0] has no sideEffects'],
    ['a path without type', KUBERNETES('networking.k8s.io/v1', 'Ingress', 'spec: {rules: [{http: {paths: [{path: /, backend: {service: {name: a, port: {number: 80}}}}]}}]}'), 'paths[0] has no pathType'],
    ['spec beside data', KUBERNETES('v1', 'ConfigMap', 'spec: {}\ndata: {}'), 'there is no field spec in the object: apiVersion'],
  ])('fail with %s', (_, text, message) => {
    expect(told(text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['what another file may bring', KUBERNETES('apps/v1', 'Deployment', 'spec: {template: {spec: {serviceAccountName: a}}}')],
    ['an item that is deleted', CONTAINER('env: [{$patch: delete}]')],
    ['quantities, and ports by name', CONTAINER('resources: {requests: {cpu: 1, memory: 1Gi}}, readinessProbe: {httpGet: {port: http}}')],
    ['what SOPS adds and takes away', KUBERNETES('v1', 'Secret', 'data: {a: "ENC[AES256_GCM,data:abc=,type:str]"}\nsops: {mac: a, version: 3.9.0}')],
    ['pieces of a pod, which people show', KUBERNETES('apps/v1', 'Deployment', 'spec: {template: {spec: {containers: [{name: a, env: [{value: a}]}]}}}')],
    ['a placeholder', KUBERNETES('apps/v1', 'Deployment', 'spec: {replicas: __REPLICAS__}')],
    ['what the API server writes', KUBERNETES('v1', 'ServiceAccount', 'secrets: [{name: a}]').replace('namespace: shop', 'uid: a, resourceVersion: "1", creationTimestamp: null, managedFields: [{manager: a}]')],
  ])('may have %s', (_, text) => expect(told(text)).toEqual([]));

  const AUTOSCALER = KUBERNETES('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: {maxReplicas: 9}');
  test('need not be whole in a patch, whatever merges it', () => {
    expect(told(AUTOSCALER)).toEqual([expect.stringContaining('spec has no scaleTargetRef')]);
    const files = (name: string): Record<string, string> => ({ [name]: AUTOSCALER, 'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: more.yaml}]\n' });
    expect(findingsOf('INPUT-SCHEMA', files('more.yaml'))).toEqual([]);
    expect(findingsOf('INPUT-SCHEMA', { 'hpa-patch.yaml': AUTOSCALER })).toEqual([]);
    expect(findingsOf('INPUT-SCHEMA', { 'a.yaml': AUTOSCALER, 'b.yaml': AUTOSCALER.replace('{maxReplicas: 9}', '{maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}') })).toEqual([]);
  });
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
  ['the booleans of YAML 1.1', ISTIO('Telemetry', '{accessLogging: [{disabled: yes}], tracing: [{disableSpanReporting: Off}]}', 'telemetry.istio.io/v1')],
  ['what another operator may want', 'apiVersion: operator.openshift.io/v1alpha1\nkind: SpireServer\nmetadata: {name: cluster}\nspec: {jwtIssuer: a}\n'],
  ['what Cilium had before', CILIUM('{fromRequires: [{}], toPorts: [{rules: {kafka: [{role: produce}], l7proto: a, l7: []}}]}')],
  ['what CILIUM-AUTH-MODE tells', CILIUM('{authentication: {modus: required, other: 1}}')],
  ['durations', ISTIO('VirtualService', '{hosts: [a], http: [{timeout: 1m30s, retries: {attempts: 3, perTryTimeout: 0.5s}}]}')],
])('%s is right', (_, text) => {
  expect(told(text)).toEqual([]);
});

test.each(schemaFiles().map(({ name }) => name))('%s is written in lines of a readable length', name => {
  const text = readFileSync(join(__dirname, `../../../src/checks/schemas/${name}.ts`), 'utf8');
  expect(text.split('\n').filter(line => line.length > 150)).toEqual([]);
});

/** What rules find in several files. */
function toldIn(files: Input, rules = /^INPUT-/): string[] {
  return findingsOf(rules, files).map(({ rule, file, line, message }) => `${rule} ${file}:${line}: ${message}`);
}

describe('a folder of kustomize', () => {
  const PATCH = ISTIO('DestinationRule', '{trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}');
  const KUSTOMIZATION = (fields: string): string => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}\n`;
  const rule = (mode: string): string => ISTIO('PeerAuthentication', `{mtls: {mode: ${mode}}}`, 'security.istio.io/v1');

  test.each([
    ['a patch', 'shop/kustomization.yaml', KUSTOMIZATION('patches: [{path: patches/a.yaml}]'), 'shop/patches/a.yaml'],
    ['a strategic merge of a folder beside it', 'shop/kustomization.yaml', KUSTOMIZATION('patchesStrategicMerge: [../patches/a.yaml]'), 'patches/a.yaml'],
    ['a patch of a component', 'c/kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: a.yaml}]\n', 'c/a.yaml'],
    ['a patch of a file without kind', 'shop/kustomization.yml', 'patches: [{path: a.yaml}]\n', 'shop/a.yaml'],
    ['a path with a dot', './shop/kustomization.yaml', KUSTOMIZATION('patches: [{path: ./a.yaml}]'), './shop/a.yaml'],
  ])('%s need not be whole', (_, file, kustomization, patch) => {
    expect(toldIn({ [file]: kustomization, [patch]: PATCH })).toEqual([]);
  });

  test('fails for a namesake of a patch that is none', () => {
    expect(toldIn({ 'shop/kustomization.yaml': KUSTOMIZATION('patches: [{path: a.yaml}]'), 'other/a.yaml': PATCH })).toEqual([
      'INPUT-SCHEMA other/a.yaml:4: spec has no host, which it must have (Istio of August 2026)',
    ]);
  });

  test('fails where two of its resources are one object', () => {
    expect(toldIn({ 'kustomization.yaml': KUSTOMIZATION('resources: [a.yaml, b.yaml]'), 'a.yaml': rule('STRICT'), 'b.yaml': rule('DISABLE') }))
      .toEqual(['INPUT-KUSTOMIZE-TWICE b.yaml:3: PeerAuthentication a is defined already in a.yaml']);
  });

  test('is told once where both stand in one file', () => {
    expect(toldIn({ 'kustomization.yaml': KUSTOMIZATION('resources: [a.yaml]'), 'a.yaml': `${rule('STRICT')}---\n${rule('DISABLE')}` }))
      .toEqual([expect.stringMatching(/^INPUT-REPEATED-OBJECT a.yaml:8: /)]);
  });

  test('may have an object in two versions', () => {
    const other = rule('DISABLE').replace('istio.io/v1', 'istio.io/v1beta1');
    expect(toldIn({ 'kustomization.yaml': KUSTOMIZATION('resources: [a.yaml, b.yaml]'), 'a.yaml': rule('STRICT'), 'b.yaml': other })).toEqual([]);
  });

  test('may have alternatives that it does not list', () => {
    expect(toldIn({ 'kustomization.yaml': KUSTOMIZATION('resources: [a.yaml]'), 'a.yaml': rule('STRICT'), 'b.yaml': rule('DISABLE') })).toEqual([]);
  });

  test.each([
    ['fails where it lists an IstioOperator', 'install/istio.yaml', 1],
    ['may have a namesake of an IstioOperator', 'apps/istio.yaml', 0],
  ])('%s', (_, resource, count) => {
    const operator = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {}\n';
    const findings = toldIn({ 'kustomization.yaml': KUSTOMIZATION(`resources: [${resource}]`), 'install/istio.yaml': operator }, /^MESH-OPERATOR-APPLIED$/);
    expect(findings).toHaveLength(count);
  });
});

describe('a field that istiod would not see', () => {
  const SECURITY = (kind: string, spec: string): string => ISTIO(kind, spec, 'security.istio.io/v1');

  test.each([
    ['MESH-SECURITY-FIELD', 'in mtls', SECURITY('PeerAuthentication', '{mtls: {modes: STRICT}}')],
    ['MESH-SECURITY-FIELD', 'of a port', SECURITY('PeerAuthentication', '{selector: {matchLabels: {app: a}}, portLevelMtls: {"80": {modes: STRICT}}}')],
    ['MESH-SECURITY-FIELD', 'of a target', SECURITY('AuthorizationPolicy', '{targetRefs: [{kind: Service, name: a, port: 80}]}')],
    ['MESH-SECURITY-FIELD', 'of a header', SECURITY('RequestAuthentication', '{jwtRules: [{issuer: a, audiences: [b], fromHeaders: [{name: a, regex: b}]}]}')],
    ['MESH-TELEMETRY-FIELD', 'of an access log', ISTIO('Telemetry', '{accessLogging: [{format: {}}]}', 'telemetry.istio.io/v1')],
    ['MESH-TELEMETRY-FIELD', 'of a Telemetry', ISTIO('Telemetry', '{logging: []}', 'telemetry.istio.io/v1')],
  ])('fails %s %s, once', (rule, _, text) => {
    expect(toldIn({ 'a.yaml': text }, /^(INPUT|MESH)-/)).toEqual([expect.stringContaining(`${rule} a.yaml:4: there is no field`)]);
  });

  test('tracing may leave out the propagation of its context', () => {
    expect(toldIn({ 'a.yaml': ISTIO('Telemetry', '{tracing: [{disableContextPropagation: true}]}', 'telemetry.istio.io/v1') }, /^(INPUT|MESH)-/)).toEqual([]);
  });
});

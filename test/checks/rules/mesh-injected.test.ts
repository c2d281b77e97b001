import { Engine } from '../../../src/checks/engine';
import { MESH_RULES } from '../../../src/checks/rules/mesh';
import { fixture, found } from '../cases';

const NAMESPACE = (labels: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {${labels}}}\n---\n`;
const POD = (labels: string, annotations = '', spec = ''): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {${labels}}, annotations: {${annotations}}}\n`
  + `spec: {${spec}containers: [{name: web, image: "web:1"}]}\n---\n`;
const TEMPLATES = 'inject.istio.io/templates: "sidecar,spire"';
const MESH = (values: string, more = ''): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a, namespace: istio-system}\nspec: {${more}meshConfig: {trustDomain: example.org}, values: {${values}}}\n---\n`;
const TEMPLATE = (text: string): string => MESH(`sidecarInjectorWebhook: {templates: {spire: ${JSON.stringify(text)}}}`);
const GUARDED = NAMESPACE('istio-injection: enabled, pod-security.kubernetes.io/enforce: baseline');
const TELEMETRY = (spec: string): string => `apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: a, namespace: istio-system}\nspec: {${spec}}\n`;
const PROVIDERS = (providers: string): string => MESH('').replace('trustDomain: example.org', `trustDomain: example.org, extensionProviders: [${providers}]`);

test.each([
  ['MESH-NOT-INJECTED', NAMESPACE('istio-injection: disabled') + POD('sidecar.istio.io/inject: "true"'), 'namespace shop has the label istio-injection: disabled'],
  ['MESH-NOT-INJECTED', NAMESPACE('a: b') + POD('app: web', TEMPLATES), 'neither it nor namespace shop has a label that asks for it'],
  ['MESH-NOT-INJECTED', NAMESPACE('a: b') + POD('app: web', 'sidecar.istio.io/inject: "true"'), 'neither it nor namespace shop'],
  ['MESH-NOT-INJECTED', NAMESPACE('a: b') + POD('sidecar.istio.io/inject: "yes"', TEMPLATES), 'its label sidecar.istio.io/inject is "yes"'],
  ['MESH-NOT-INJECTED', POD('sidecar.istio.io/inject: "true"', '', 'hostNetwork: true, '), 'it is in the network of its node'],
  ['MESH-NOT-INJECTED', POD('sidecar.istio.io/inject: "false"').replace('name: web, image: "web:1"', 'name: istio-proxy, image: auto'), 'it has the label sidecar.istio.io/inject: "false"'],
  ['MESH-INJECT-VALUE', POD('sidecar.istio.io/inject: enabled'), 'is "enabled": only "true" and "false" are taken'],
  ['MESH-INJECT-VALUE', NAMESPACE('istio-injection: "true"'), 'istio-injection is "true": only enabled and disabled are taken'],
  ['MESH-INIT-CONTAINER', MESH('pilot: {cni: {enabled: false}}') + GUARDED + POD('app: web'), 'pods get istio-init, and shop of web enforces baseline'],
  ['MESH-TEMPLATE-VOLUME', TEMPLATE('spec:\n  volumes:\n  - {name: workload-socket, csi: {readOnly: true}}\n'), 'template spire has a csi volume without a driver'],
  ['MESH-TEMPLATE-VOLUME', TEMPLATE('volumes:\n- {name: workload-socket, csi: {driver: csi.spiffe.io}}\n'), 'has no volume of the driver csi.spiffe.io in spec.volumes'],
  ['MESH-TELEMETRY-PROVIDER', TELEMETRY('accessLogging: [{providers: [{name: prometheus}]}]'), 'provider "prometheus" is prometheus, which takes no access logs'],
  ['MESH-TELEMETRY-PROVIDER', PROVIDERS('{name: a, envoyFileAccessLog: {}}') + TELEMETRY('tracing: [{providers: [{name: a}]}]'), 'is envoyFileAccessLog, which takes no traces'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-NOT-INJECTED', 'the label of the pod', NAMESPACE('a: b') + POD('sidecar.istio.io/inject: "true"', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'the label of the namespace', NAMESPACE('istio-injection: enabled') + POD('app: web', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a revision of the namespace', NAMESPACE('istio.io/rev: stable') + POD('app: web', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a revision of the pod', NAMESPACE('a: b') + POD('istio.io/rev: stable', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a namespace that is not here', POD('app: web', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a label against it', NAMESPACE('a: b') + POD('sidecar.istio.io/inject: "false"', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'injection for all', MESH('sidecarInjectorWebhook: {enableNamespacesByDefault: true}') + NAMESPACE('a: b') + POD('app: web', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a variant of the namespace', NAMESPACE('istio-injection: enabled') + NAMESPACE('a: b') + POD('app: web', TEMPLATES)],
  ['MESH-NOT-INJECTED', 'a namespace that is a member by a roll', `${NAMESPACE('a: b')}${POD('app: web', 'sidecar.istio.io/inject: "true"')}apiVersion: maistra.io/v1\nkind: ServiceMeshMemberRoll\nmetadata: {name: default, namespace: istio-system}\n`],
  ['MESH-INIT-CONTAINER', 'the plugin by itself', `${MESH('')}${GUARDED}${POD('app: web')}apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: istio-cni-node, namespace: kube-system}\n`],
  ['MESH-INIT-CONTAINER', 'a variant of the namespace', MESH('') + GUARDED.replace('baseline', 'privileged') + GUARDED + POD('app: web')],
  ['MESH-INJECT-VALUE', 'values that are filled in', NAMESPACE('istio-injection: "${INJECTION}"') + POD('sidecar.istio.io/inject: "${INJECTION}"')],
  ['MESH-INIT-CONTAINER', 'the plugin', MESH('pilot: {cni: {enabled: true}}') + GUARDED + POD('app: web')],
  ['MESH-INIT-CONTAINER', 'the component', MESH('', 'components: {cni: {enabled: true}}, ') + GUARDED + POD('app: web')],
  ['MESH-INIT-CONTAINER', 'the plugin by profile', MESH('', 'profile: ambient, ') + GUARDED + POD('app: web')],
  ['MESH-INIT-CONTAINER', 'a gateway', MESH('') + GUARDED + POD('app: web', 'inject.istio.io/templates: "gateway,spire"')],
  ['MESH-INIT-CONTAINER', 'a namespace without standard', MESH('') + NAMESPACE('istio-injection: enabled') + POD('app: web')],
  ['MESH-TEMPLATE-VOLUME', 'a template of Go', TEMPLATE('spec:\n  {{ if true }}\n  volumes: [{csi: {driver: csi.spiffe.io}}]\n  {{ end }}')],
  ['MESH-TEMPLATE-VOLUME', 'the volume', TEMPLATE('spec:\n  volumes:\n  - {name: workload-socket, csi: {driver: csi.spiffe.io}}\n')],
  ['MESH-TELEMETRY-PROVIDER', 'a kind of later releases', PROVIDERS('{name: a, newLog: {}}') + TELEMETRY('accessLogging: [{providers: [{name: a}]}]')],
  ['MESH-TELEMETRY-PROVIDER', 'Stackdriver for everything', TELEMETRY('metrics: [{providers: [{name: stackdriver}]}], accessLogging: [{providers: [{name: stackdriver}]}]')],
])('%s may have %s', (rule, _, text) => {
  expect(found(rule, text)).toEqual([]);
});

test('MESH-AUTO-IMAGE leaves the proxy of a gateway alone', () => {
  expect(found('MESH-AUTO-IMAGE', { 'egress.yaml': fixture('egress.yaml') })).toEqual([]);
  expect(found('MESH-AUTO-IMAGE', fixture('egress.yaml').replace('name: istio-proxy', 'name: proxy'))).toHaveLength(1);
});

test('MESH-NOT-INJECTED leaves a namespace alone that another overlay labels', () => {
  const judged = (west: string): string[] => {
    const engine = new Engine();
    engine.add({ file: 'east/a.yaml', text: NAMESPACE('a: b') + POD('app: web', TEMPLATES) });
    engine.add({ file: 'west/a.yaml', text: NAMESPACE(west) + POD('app: web', TEMPLATES) });
    return engine.run(MESH_RULES.filter(({ id }) => id === 'MESH-NOT-INJECTED')).findings.map(({ file }) => file);
  };
  expect(judged('a: b')).toEqual(['east/a.yaml', 'west/a.yaml']);
  expect(judged('istio-injection: enabled')).toEqual([]);
});

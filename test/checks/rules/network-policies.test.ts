import { fixture, found } from '../cases';

const OBJECT = (version: string, kind: string, fields: string, name = 'web', namespace = 'shop'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\n${fields}\n---\n`;
const WEB = (pod = '', labels = 'app: web', image = 'web:1'): string => OBJECT('apps/v1', 'Deployment', `spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {${labels}}}, `
  + `spec: {${pod}containers: [{name: web, image: "${image}", ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]}]}}}`);
const SERVICE = (spec = ''): string => OBJECT('v1', 'Service', `spec: {${spec}selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}, {name: status-port, port: 15021}]}`);
const POLICY = (spec: string, namespace = 'shop', labels = 'app: web'): string => OBJECT('networking.k8s.io/v1', 'NetworkPolicy', `spec: {podSelector: {matchLabels: {${labels}}}, ${spec}}`, 'web', namespace);
const INGRESS = (rules: string): string => POLICY(`policyTypes: [Ingress], ingress: [${rules}]`);
const EGRESS = (rules: string): string => POLICY(`policyTypes: [Egress], egress: [${rules}]`);
const MONITOR = (kind: string, fields: string): string => OBJECT('monitoring.coreos.com/v1', kind, `spec: {selector: {matchLabels: {app: web}}, ${fields}}`);
const WEBHOOK = OBJECT('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'webhooks: [{name: a, clientConfig: {service: {name: web, namespace: shop, port: 80}}}]');
const API = '{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}';
const DNS = (to: string, protocol = 'UDP'): string => `{to: [${to}], ports: [{port: 53, protocol: ${protocol}}]}`;
const KUBE_SYSTEM = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}';
const INJECTED = 'app: web, sidecar.istio.io/inject: "true"';
const MESH = (address: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {meshConfig: {defaultConfig: {discoveryAddress: "${address}"}}}\n---\n`;

const SPIRE = (name: string, labels: string, spec: string): string => `${fixture('spire.yaml')}---\n${POLICY(spec, name, labels)}`;
const AGENT = (rules: string): string => SPIRE('spire-system', 'app: spire-agent', `policyTypes: [Egress], egress: [${rules}]`);
const SERVER = (rules: string): string => SPIRE('spire-server', 'app: spire-server', `policyTypes: [Egress], egress: [${rules}]`);
const CALLERS = (from: string): string => fixture('spire.yaml').replace('from: [{namespaceSelector: {}}]', `from: [${from}]`);
const TO_SERVER = (labels: string): string => `{to: [{namespaceSelector: {}, podSelector: {matchLabels: {${labels}}}}], ports: [{port: 8081}]}`;

const MESHED = `${MESH('istiod.istio-system.svc:15012').replace('meshConfig: {', 'meshConfig: {trustDomain: example.org, ')}${WEB()}`
  + OBJECT('v1', 'Pod', 'spec: {serviceAccountName: api, containers: [{name: api, image: "api:1"}]}', 'api', 'shop')
  + OBJECT('security.istio.io/v1', 'AuthorizationPolicy', 'spec: {selector: {matchLabels: {app: web}}, rules: [{from: [{source: {principals: [example.org/ns/shop/sa/api]}}]}]}');


test.each([
  ['OPS-POLICY-CLOSED', SERVICE('type: LoadBalancer, ') + WEB() + INGRESS('{ports: [{port: 9090}]}'), 'no NetworkPolicy lets callers from outside reach port 8080 of shop/web'],
  ['OPS-POLICY-CLOSED', SERVICE('type: NodePort, ') + WEB() + INGRESS(''), 'no NetworkPolicy lets callers from outside reach port 8080'],
  ['OPS-POLICY-CLOSED', SERVICE('type: LoadBalancer, ') + WEB() + INGRESS('{from: [{podSelector: {}}]}'), 'no NetworkPolicy lets callers from outside reach port 8080'],
  ['OPS-POLICY-CLOSED', WEB() + INGRESS('{ports: [{port: http}]}') + MONITOR('PodMonitor', 'podMetricsEndpoints: [{port: metrics}]'), 'lets anybody reach port 9090 of shop/web'],
  ['OPS-POLICY-CLOSED', SERVICE() + WEB() + INGRESS('{ports: [{port: 9090}]}').replace('name: web', 'name: b') + MONITOR('ServiceMonitor', 'endpoints: [{port: http}]'), 'port 8080'],
  ['OPS-POLICY-CLOSED', SERVICE() + WEB() + WEBHOOK + INGRESS('{ports: [{port: http}], from: [{namespaceSelector: {}}]}'), 'lets the API server, which is no pod, reach port 8080'],
  ['OPS-POLICY-DNS', WEB() + EGRESS(`${API}, ${DNS('{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: metrics-server}}}')}`), 'reach UDP port 53'],
  ['OPS-POLICY-DNS', WEB() + EGRESS(API), 'no policy lets shop/web reach UDP port 53'],
  ['OPS-POLICY-DNS', WEB() + EGRESS(`${API}, ${DNS(KUBE_SYSTEM, 'TCP')}`), 'reach UDP port 53'],
  ['OPS-POLICY-DNS', WEB() + EGRESS(`${API}, ${DNS('{podSelector: {matchLabels: {k8s-app: kube-dns}}}')}`), 'reach UDP port 53 of another namespace'],
  ['MESH-POLICY-ISTIOD', WEB('', INJECTED) + EGRESS(`${API}, ${DNS(KUBE_SYSTEM)}`), 'no policy lets shop/web, which gets a proxy, reach port 15012'],
  ['MESH-POLICY-ISTIOD', WEB('', INJECTED) + EGRESS(''), 'reach port 15012'],
  ['MESH-POLICY-ISTIOD', WEB('', INJECTED) + EGRESS('{to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: pilot}}}], ports: [{port: 15012}]}'), 'reach port 15012'],
  ['MESH-POLICY-ISTIOD', WEB('', INJECTED) + EGRESS('{ports: [{port: 15012, protocol: UDP}]}'), 'reach port 15012'],
  ['MESH-NETWORK-CLOSED', MESHED + INGRESS('{ports: [{port: 8080, protocol: UDP}]}'), 'may call'],
  ['MESH-NETWORK-CLOSED', MESHED + INGRESS('{from: [{podSelector: {matchLabels: {app: shop}}}]}'), '"example.org/ns/shop/sa/api" may call, and no NetworkPolicy lets it reach a port of shop/web'],
  ['MESH-NETWORK-CLOSED', MESHED + POLICY('policyTypes: [Egress], egress: [{ports: [{port: 15012}]}]', 'shop', 'app: api'), 'may call'],
  ['SPIRE-AGENT-CLOSED', AGENT('{ports: [{port: 443}]}'), 'no policy lets spire-system/spire-agent reach the server at port 8081'],
  ['SPIRE-AGENT-CLOSED', AGENT(TO_SERVER('app: server')), 'reach the server at port 8081'],
  ['SPIRE-API-CLOSED', SERVER('{ports: [{port: 5432}]}'), 'no policy lets spire-server/spire-server, whose k8s_psat calls the API server, reach any of the ports 443, 6443'],
  ['SPIRE-SERVER-CLOSED', CALLERS('{podSelector: {}}'), 'no policy lets spire-system/spire-agent reach port 8081 of spire-server/spire-server'],
  ['SPIRE-SERVER-CLOSED', CALLERS('{namespaceSelector: {}, podSelector: {matchLabels: {app: agent}}}'), 'no policy lets spire-system/spire-agent'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toContainEqual(expect.stringContaining(message));
});

test.each([
  ['OPS-POLICY-CLOSED', 'the port', SERVICE('type: LoadBalancer, ') + WEB() + INGRESS('{ports: [{port: http}]}')],
  ['OPS-POLICY-CLOSED', 'a Service that nobody may call', SERVICE() + WEB() + INGRESS('')],
  ['OPS-POLICY-CLOSED', 'another policy', SERVICE('type: LoadBalancer, ') + WEB() + INGRESS('') + INGRESS('{ports: [{port: http}]}')],
  ['OPS-POLICY-CLOSED', 'a Service inside', SERVICE() + WEB() + INGRESS('{from: [{podSelector: {}}]}')],
  ['OPS-POLICY-CLOSED', 'addresses outside', SERVICE('type: NodePort, ') + WEB() + INGRESS('{ports: [{port: 8080}], from: [{ipBlock: {cidr: 10.0.0.0/8}}]}')],
  ['OPS-POLICY-CLOSED', 'the network of the node', SERVICE('type: NodePort, ') + WEB('hostNetwork: true, ') + INGRESS('')],
  ['OPS-POLICY-CLOSED', 'policies of Cilium', SERVICE('type: NodePort, ') + WEB() + INGRESS('') + OBJECT('cilium.io/v2', 'CiliumNetworkPolicy', 'spec: {endpointSelector: {}, ingress: [{}]}')],
  ['OPS-POLICY-CLOSED', 'the API server', SERVICE() + WEB() + WEBHOOK + INGRESS('{ports: [{port: http}]}')],
  ['OPS-POLICY-CLOSED', 'Prometheus', WEB() + INGRESS('{ports: [{port: 9090}]}') + MONITOR('PodMonitor', 'podMetricsEndpoints: [{port: metrics}]')],
  ['OPS-POLICY-DNS', 'DNS', WEB() + EGRESS(`${API}, ${DNS(KUBE_SYSTEM)}`)],
  ['OPS-POLICY-DNS', 'the DNS of OpenShift', WEB() + EGRESS(`${API}, {ports: [{port: 5353, protocol: UDP}]}`)],
  ['OPS-POLICY-DNS', 'a range', WEB() + EGRESS(`${API}, {ports: [{port: 1, endPort: 100, protocol: UDP}]}`)],
  ['OPS-POLICY-DNS', 'no calls at all', WEB() + EGRESS('')],
  ['OPS-POLICY-DNS', 'calls by address', WEB() + EGRESS('{to: [{ipBlock: {cidr: 10.0.0.1/32}}]}')],
  ['OPS-POLICY-DNS', 'a server of its own', WEB('dnsPolicy: None, ') + EGRESS(API)],
  ['OPS-POLICY-DNS', 'Prometheus, which scrapes addresses', WEB('', 'app: web', 'quay.io/prometheus/prometheus:v3.5.0') + EGRESS(API)],
  ['MESH-POLICY-ISTIOD', 'istiod', WEB('', INJECTED) + EGRESS('{ports: [{port: 15012}]}')],
  ['MESH-POLICY-ISTIOD', 'istiod by its labels', WEB('', INJECTED) + EGRESS('{to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: istiod, istio: pilot}}}], ports: [{port: 15012, protocol: TCP}]}')],
  ['MESH-POLICY-ISTIOD', 'pods without proxy', WEB() + EGRESS(API)],
  ['MESH-POLICY-ISTIOD', 'another port of istiod', MESH('istiod.example.org:443') + WEB('', INJECTED) + EGRESS(API)],
  ['MESH-NETWORK-CLOSED', 'the caller', MESHED + INGRESS('{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: http}]}') + POLICY('egress: [{to: [{podSelector: {}}]}]', 'shop', 'app: api')],
  ['MESH-NETWORK-CLOSED', 'HBONE', MESHED + INGRESS('{ports: [{port: 15008}]}')],
  ['MESH-NETWORK-CLOSED', 'callers of other clusters', `${MESHED.replace('example.org/ns', 'other.org/ns')}${INGRESS('')}`],
  ['MESH-NETWORK-CLOSED', 'who may be let in once', MESHED.replace('name: web, namespace: shop, labels: {app: web}}\nspec: {selector: {matchLabels: {app: web}}, rules',
    'name: web, namespace: shop, annotations: {istio.io/dry-run: "true"}}\nspec: {selector: {matchLabels: {app: web}}, rules') + INGRESS('')],
  ['MESH-NETWORK-CLOSED', 'who is denied', MESHED.replace('rules:', 'action: DENY, rules:') + INGRESS('')],
  ['SPIRE-AGENT-CLOSED', 'the server', AGENT(TO_SERVER('app: spire-server'))],
  ['SPIRE-AGENT-CLOSED', 'a server outside', AGENT('{ports: [{port: 8081}]}').replace('spire-server.spire-server.svc', 'spire.example.org')],
  ['SPIRE-AGENT-CLOSED', 'agents on the network of the node', AGENT('').replace('hostPID: true', 'hostPID: true\n      hostNetwork: true')],
  ['SPIRE-API-CLOSED', 'the API server', SERVER('{ports: [{port: 6443}]}')],
  ['SPIRE-API-CLOSED', 'tokens of another cluster only', SERVER('{ports: [{port: 5432}]}').replace(/NodeAttestor "k8s_psat"[^]*?\n {4}} }\n/, '').replace(/Notifier "k8sbundle"[^]*?} }\n/, '')
    .replace(/ {6}- name: controller-manager[^]*?api.sock\n/, '')],
  ['SPIRE-SERVER-CLOSED', 'the agents', CALLERS('{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: spire-system}}, podSelector: {matchLabels: {app: spire-agent}}}')],
])('%s lets %s be', (rule, _, text) => {
  expect(found(rule, text)).toEqual([]);
});

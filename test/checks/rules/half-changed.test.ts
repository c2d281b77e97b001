import { changed, fixture, found } from '../cases';

// installations in which somebody changed one thing and forgot the other
const OBJECT = (version: string, kind: string, name: string, fields: string, namespace = 'shop'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${fields}\n---\n`;
const POD = (name: string, more = '', metadata = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop${metadata}}\nspec: {containers: [{name: ${name}, image: "registry.example.org/${name}:1", resources: {}${more}}]}\n---\n`;
const NAMESPACE = (labels: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {${labels}}}\n---\n`;
const MESH = (spec: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio}\nspec: {${spec}}\n---\n`;
const POLICY = (name: string, namespace: string, spec: string): string => OBJECT('networking.k8s.io/v1', 'NetworkPolicy', name, `spec: {${spec}}`, namespace);

describe('a template of SPIRE is left out', () => {
  const TEMPLATE = MESH('values: {sidecarInjectorWebhook: {templates: {spire: "spec: {volumes: [{name: workload-socket, csi: {driver: csi.spiffe.io}}]}"}}}');
  const ID = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: mesh}\nspec: {spiffeIDTemplate: "spiffe://a/{{ .PodMeta.Namespace }}", podSelector: {matchLabels: {managed: "true"}}}\n---\n';
  const LABELS = 'labels: {managed: "true", sidecar.istio.io/inject: "true"}';
  const meshed = POD('api', '', `, ${LABELS}, annotations: {inject.istio.io/templates: "sidecar,spire"}`);
  const told = (text: string): string[] => found('MESH-TEMPLATE-MISSING', TEMPLATE + ID + meshed + text);

  test('fails for a pod of an identity that proxies have', () => {
    expect(told(POD('web', '', `, ${LABELS}`))).toEqual(['ClusterSPIFFEID mesh selects shop/web, whose templates are those of Istio; the mesh has "spire" for SPIRE']);
    expect(told(POD('web', '', `, ${LABELS}, annotations: {inject.istio.io/templates: sidecar}`))).toEqual([expect.stringContaining('whose templates are sidecar')]);
  });

  test.each([
    ['for pods without proxy', POD('web', '', ', labels: {managed: "true", sidecar.istio.io/inject: "false"}')],
    ['for pods of another identity', POD('web', '', ', labels: {sidecar.istio.io/inject: "true"}')],
    ['for pods that take the socket themselves', POD('web', '', `, ${LABELS}`).replace('spec: {', 'spec: {volumes: [{name: a, csi: {driver: csi.spiffe.io}}], ')],
    ['for gateways, which have a rule of their own', POD('web', '', `, ${LABELS}, annotations: {inject.istio.io/templates: gateway}`)],
  ])('is right %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  test('is right where all pods get the template', () => {
    expect(found('MESH-TEMPLATE-MISSING', TEMPLATE.replace('templates:', 'defaultTemplates: [sidecar, spire], templates:') + ID + meshed + POD('web', '', `, ${LABELS}`))).toEqual([]);
  });
});

describe('a driver has a name of its own', () => {
  const DRIVER = OBJECT('v1', 'Pod', 'driver', 'spec: {containers: [{name: a, image: "ghcr.io/spiffe/spiffe-csi-driver:0.2.12", args: [-plugin-name, csi.acme.io, -workload-api-socket-dir, /s]}]}')
    + 'apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: csi.acme.io}\n---\n';
  const volume = (driver: string): string => POD('web').replace('spec: {', `spec: {volumes: [{name: a, csi: {driver: ${driver}}}], `);

  test('fails where a volume has the old one', () => {
    expect(found('MESH-CSI-UNKNOWN-DRIVER', DRIVER + volume('csi.spiffe.io'))).toEqual(['driver csi.spiffe.io is not csi.acme.io']);
    expect(found('MESH-CSI-UNKNOWN-DRIVER', DRIVER + volume('csi.acme.io') + volume('ebs.csi.aws.com'))).toEqual([]);
  });
});

test.each([
  ['PodMeta.ServiceAccountName', '.PodMeta.ServiceAccountName does not exist: .PodSpec.ServiceAccountName does'],
  ['PodSpec.Namespace', '.PodSpec.Namespace does not exist: .PodMeta.Namespace does'],
])('a template of an ID fails with %s', (field, message) => {
  const id = `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://a/{{ .${field} }}"}`;
  expect(found('SPIRE-ID-TEMPLATE', id)).toEqual([message]);
});

describe('limits', () => {
  const told = (limits: string, requests: string): string[] => found('OPS-LIMITS', POD('web').replace('resources: {}', `resources: {limits: {${limits}}, requests: {${requests}}}`));

  test.each([
    ['memory: 32Mi', 'memory: 64Mi', 'limits.memory of container web is 32Mi, requests.memory 64Mi'],
    ['memory: 1G', 'memory: 1Gi', 'limits.memory of container web is 1G, requests.memory 1Gi'],
    ['cpu: 0.5', 'cpu: 600m', 'limits.cpu of container web is 0.5, requests.cpu 600m'],
  ])('fails with %s below %s', (limits, requests, message) => {
    expect(told(limits, requests)).toEqual([message]);
  });

  test.each([['memory: 64Mi', 'memory: 64Mi'], ['memory: 64Mi', 'cpu: 1'], ['cpu: 1', 'cpu: 1000m'], ['memory: "${LIMIT}"', 'memory: 1Gi']])('are right with %s for %s', (limits, requests) => {
    expect(told(limits, requests)).toEqual([]);
  });
});

test('an autoscaler fails with fewer replicas at most than at least', () => {
  const scaler = (spec: string): string => OBJECT('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: {${spec}}`);
  expect(found('OPS-HPA', scaler('minReplicas: 3, maxReplicas: 2'))).toEqual(['maxReplicas is 2, minReplicas 3']);
  expect(found('OPS-HPA', scaler('maxReplicas: 1') + scaler('minReplicas: 2, maxReplicas: 2'))).toEqual([]);
});

describe('istiod that is not in the input', () => {
  const told = (...policies: string[]): string[] => found('MESH-POLICY-ISTIOD', MESH('meshConfig: {trustDomain: a}') + policies.join(''));
  const DENY = POLICY('deny', 'istio-system', 'podSelector: {}, policyTypes: [Ingress]');

  test('fails closed', () => {
    expect(told(DENY)).toEqual([
      'no policy of namespace istio-system lets proxies reach port 15012 of istiod',
      'no policy of namespace istio-system lets the API server reach port 15017 of istiod',
    ]);
    expect(told(DENY, POLICY('istiod', 'istio-system', 'podSelector: {matchLabels: {app: istiod}}, ingress: [{from: [{namespaceSelector: {}}]}]')))
      .toEqual([expect.stringContaining('the API server reach port 15017')]);
  });

  test.each([
    ['with its ports open', POLICY('istiod', 'istio-system', 'podSelector: {matchLabels: {app: istiod}}, ingress: [{ports: [{port: 15012}, {port: 15017}]}]')],
    ['with a policy whose labels it may have', POLICY('istiod', 'istio-system', 'podSelector: {matchLabels: {app.kubernetes.io/name: istiod}}, ingress: [{}]')],
    ['with ports by name', POLICY('istiod', 'istio-system', 'podSelector: {matchLabels: {istio: pilot}}, ingress: [{ports: [{port: https-webhooks}]}]')],
  ])('is right %s', (_, policy) => {
    expect(told(DENY, policy)).toEqual([]);
  });

  test('is right where other pods are closed', () => {
    expect(told(DENY.replace('{}', '{matchLabels: {app: kiali}}'), DENY.replace(/istio-system/, 'shop'))).toEqual([]);
  });
});

describe('ports of a gateway', () => {
  const GATEWAY = OBJECT('networking.istio.io/v1', 'Gateway', 'edge', 'spec: {selector: {app: edge}, servers: [{port: {number: 80, protocol: HTTP, name: http}, hosts: ["*"]}, {port: {number: 443, protocol: HTTPS, name: https}, hosts: ["*"]}]}');
  const SERVICE = OBJECT('v1', 'Service', 'edge', 'spec: {type: LoadBalancer, selector: {app: edge}, ports: [{name: http, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}, {name: tcp, port: 31400}]}');
  const EDGE = GATEWAY + SERVICE + POD('edge', '', ', labels: {app: edge}');
  const network = (ports: string): string[] => found('OPS-POLICY-CLOSED', EDGE + POLICY('edge', 'shop', `podSelector: {matchLabels: {app: edge}}, ingress: [{ports: [${ports}]}]`));
  const allow = (...rules: string[]): string[] => found('MESH-AUTHZ-GATEWAY-PORT', EDGE
    + rules.map((rule, i) => OBJECT('security.istio.io/v1', 'AuthorizationPolicy', `edge-${i}`, `spec: {selector: {matchLabels: {app: edge}}, rules: [${rule}]}`)).join(''));

  test('fail closed by a NetworkPolicy', () => {
    expect(network('{port: 8080}')).toEqual(['no NetworkPolicy lets callers from outside reach port 8443 of shop/edge']);
    expect(network('{port: 8080}, {port: 8443}')).toEqual([]);
  });

  test('fail closed by an AuthorizationPolicy', () => {
    expect(allow('{to: [{operation: {ports: ["8080"]}}]}')).toEqual(['Gateway shop/edge listens on port 443 of shop/edge, where the policies let in port 8080 only']);
  });

  test.each([
    ['by the ports of the pods', ['{to: [{operation: {ports: ["8080", "8443"]}}]}']],
    ['by the ports of the Gateway', ['{to: [{operation: {ports: ["80", "443"]}}]}']],
    ['by another policy', ['{to: [{operation: {ports: ["80"]}}]}', '{from: [{source: {ipBlocks: [203.0.113.0/24]}}]}']],
    ['by a rule for all ports', ['{to: [{operation: {ports: ["80"]}}]}, {to: [{operation: {hosts: [a.example.org]}}]}']],
  ])('are right with all open %s', (_, rules) => {
    expect(allow(...rules)).toEqual([]);
  });
});

describe('revisions', () => {
  const told = (labels: string, mesh = MESH('revision: 1-30-3')): string[] => found('MESH-REVISION', mesh + NAMESPACE(labels));

  test.each([
    ['beside istio-injection', 'istio.io/rev: 1-30-3, istio-injection: enabled', 'istio.io/rev: 1-30-3 beside istio-injection: enabled, which wins'],
    ['that nobody installs', 'istio.io/rev: 1-31-0', 'revision "1-31-0" is not installed: there is 1-30-3'],
  ])('fail %s', (_, labels, message) => {
    expect(told(labels)).toEqual([message]);
  });

  test.each([
    ['that are installed', 'istio.io/rev: 1-30-3', undefined],
    ['that are tags', 'istio.io/rev: stable', undefined],
    ['of which the input has none', 'istio.io/rev: 1-31-0', ''],
    ['of the tags of a chart', 'istio.io/rev: 1-31-0', 'revision: 1-30-3\nrevisionTags: [1-31-0]\nmeshConfig: {trustDomain: a}\nglobal: {istioNamespace: istio-system}\n---\n'],
    ['of an operator that names them', 'istio.io/rev: default-v1-31-0', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec: {updateStrategy: {type: RevisionBased}}\n---\n'],
  ])('are right %s', (_, labels, mesh) => {
    expect(told(labels, mesh)).toEqual([]);
  });
});

describe('a subset without DestinationRule', () => {
  const ROUTE = OBJECT('networking.istio.io/v1', 'VirtualService', 'api', 'spec: {hosts: [api], http: [{route: [{destination: {host: api, subset: v2}}]}]}');
  const SERVICE = OBJECT('v1', 'Service', 'api', 'spec: {ports: [{port: 80}]}');

  test('fails beside its Service', () => {
    expect(found('MESH-SUBSET', ROUTE + SERVICE)).toEqual(['no DestinationRule of api has the subset "v2"']);
  });

  test('is right where the rest is in other files', () => {
    expect(found('MESH-SUBSET', { 'a.yaml': ROUTE, 'b.yaml': SERVICE })).toEqual([]);
  });
});

describe('rights of the server', () => {
  const told = (text: string): string[] => found('SPIRE-RBAC', text);
  const ROLE = (rules: string): string => OBJECT('rbac.authorization.k8s.io/v1', 'Role', 'more', `rules: [${rules}]`, 'spire-system')
    + OBJECT('rbac.authorization.k8s.io/v1', 'RoleBinding', 'more', 'roleRef: {kind: Role, name: more}\nsubjects: [{kind: ServiceAccount, name: spire-server, namespace: spire-server}]', 'spire-system');
  const NOTIFIER = changed(fixture('spire.yaml'), [/( +)BundlePublisher[\s\S]*?\n {6}\} \}\n/, '      Notifier "k8sbundle" { plugin_data { namespace = "spire-system" config_map = "trust" } }\n']);
  const ISSUER = changed(fixture('spire.yaml'), ['      KeyManager', '      UpstreamAuthority "cert-manager" { plugin_data { issuer_name = "a" namespace = "spire-system" } }\n      KeyManager']);

  test('fail for the ConfigMap of a notifier that is renamed', () => {
    expect(told(NOTIFIER)).toEqual(['service account spire-server may not get configmaps in spire-system', 'service account spire-server may not patch configmaps in spire-system']);
    expect(told(`${NOTIFIER}---\n${ROLE('{apiGroups: [""], resources: [configmaps], resourceNames: [trust], verbs: [get, patch]}')}`)).toEqual([]);
  });

  test('fail for requests to cert-manager', () => {
    expect(told(ISSUER)).toEqual(['service account spire-server may not create certificaterequests in spire-system', 'service account spire-server may not get certificaterequests in spire-system']);
    expect(told(`${ISSUER}---\n${ROLE('{apiGroups: [cert-manager.io], resources: [certificaterequests], verbs: ["*"]}')}`)).toEqual([]);
  });
});

test('policies of Kyverno make no pods: what selects none is told', () => {
  const service = OBJECT('v1', 'Service', 'web', 'spec: {selector: {app: wbe}}');
  const policy = 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {}\n---\n';
  expect(found('OPS-SELECTS-NOTHING', policy + POD('web', '', ', labels: {app: web}') + service)).toEqual([expect.stringContaining('has app: wbe')]);
});

describe('an Ingress', () => {
  const SERVICE = OBJECT('v1', 'Service', 'web', 'spec: {ports: [{name: http, port: 80}]}');
  const told = (name: string, port: string): string[] => found('OPS-INGRESS-BACKEND', SERVICE
    + OBJECT('networking.k8s.io/v1', 'Ingress', 'web', `spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {${port}}}}}]}}]}`));

  test.each([
    ['webb', 'number: 80', 'there is no Service webb in namespace "shop"; there is web'],
    ['web', 'number: 8080', 'Service web has no port 8080; it has http 80'],
    ['web', 'name: https', 'Service web has no port https; it has http 80'],
  ])('fails with %s, %s', (name, port, message) => {
    expect(told(name, port)).toEqual([message]);
  });

  test.each([['web', 'number: 80'], ['web', 'name: http'], ['elsewhere', 'number: 80'], ['web', 'number: "${PORT}"']])('is right with %s, %s', (name, port) => {
    expect(told(name, port)).toEqual([]);
  });
});

describe('ports past the proxy', () => {
  const told = (port: string): string[] => found('MESH-PORT-EXCLUDED',
    POD('api', '', `, labels: {app: api, sidecar.istio.io/inject: "true"}, annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "${port}"}`)
    + OBJECT('v1', 'Service', 'api', 'spec: {selector: {app: api}, ports: [{port: 80, targetPort: 8080}, {port: 9090}]}')
    + OBJECT('security.istio.io/v1', 'AuthorizationPolicy', 'api', 'spec: {selector: {matchLabels: {app: api}}, rules: [{to: [{operation: {ports: ["8080"]}}]}]}'));

  test('fail where a policy is for them', () => {
    expect(told('9090, 8080')).toEqual(['port 8080 of api goes past its proxy, and a policy is for that port']);
    expect(told('9090')).toEqual([]);
  });
});

test('a file fails that is in an empty folder', () => {
  const text = changed(fixture('spire.yaml'), ['{name: bundle, mountPath: /run/spire/bundle}', '{name: bundle, mountPath: /etc/bundle}, {name: empty, mountPath: /run/spire}']
    .map(one => one.replace('}, {name: empty', '}\n        - {name: empty')) as [string, string], ['{name: bundle, configMap: {name: spire-bundle}}', '{name: bundle, configMap: {name: spire-bundle}}\n      - {name: empty, emptyDir: {}}']);
  expect(found('SPIRE-FILE-MISSING', text)).toEqual([expect.stringContaining('and there is an emptyDir that nothing fills')]);
});

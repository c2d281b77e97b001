import { changed, fixture, found } from '../cases';

// something was moved or renamed, and what leads to it was not
const OBJECT = (version: string, kind: string, name: string, fields: string, namespace = 'shop'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${fields}\n---\n`;
const POD = (name: string, spec = '', labels = '', namespace = 'shop'): string =>
  OBJECT('v1', 'Pod', `${name}`, `spec: {${spec}containers: [{name: ${name}, image: "registry.example.org/${name}:1"}]}`, `${namespace}, labels: {${labels}}`);

describe('a monitor', () => {
  const MONITOR = (kind: string, spec: string): string => OBJECT('monitoring.coreos.com/v1', kind, 'web', `spec: {selector: {matchLabels: {app: web}}, ${spec}}`, 'monitoring');
  const WEB = POD('web', '', 'app: web');
  const SERVICE = OBJECT('v1', 'Service', 'web', 'spec: {}', 'shop, labels: {app: web}');

  test('fails where its namespace is not that of the pods', () => {
    expect(found('OBS-MONITOR-ELSEWHERE', WEB + MONITOR('PodMonitor', 'namespaceSelector: {matchNames: [store]}'))).toEqual(['web looks into store; what it selects is in shop']);
    expect(found('OBS-MONITOR-ELSEWHERE', SERVICE + MONITOR('ServiceMonitor', ''))).toEqual(['web looks into monitoring; what it selects is in shop']);
  });

  test.each([
    ['the namespace', WEB + MONITOR('PodMonitor', 'namespaceSelector: {matchNames: [store, shop]}')],
    ['all namespaces', WEB + MONITOR('PodMonitor', 'namespaceSelector: {any: true}')],
    ['pods that are not seen', POD('api', '', 'app: api') + MONITOR('PodMonitor', 'namespaceSelector: {matchNames: [store]}')],
    ['a namespace of a chart', `${WEB}${MONITOR('PodMonitor', 'namespaceSelector: {matchNames: [store]}')}apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: store}\nspec: {}`],
  ])('is right with %s', (_, text) => {
    expect(found('OBS-MONITOR-ELSEWHERE', text)).toEqual([]);
  });
});

describe('rules that record', () => {
  const RULES = (rules: string): string => OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', 'a', `spec: {groups: [{name: a, rules: [${rules}]}]}`);

  test('fail where the name of a record was changed', () => {
    expect(found('OBS-RECORD-MISSING', RULES('{record: "shop:errors:rate5m", expr: a}, {alert: b, expr: "shop:error_rate_5m > 1"}'))).toEqual(['no rule records shop:error_rate_5m; there is shop:errors:rate5m']);
  });

  test('are right with records of others that begin with a label', () => {
    expect(found('OBS-RECORD-MISSING', RULES('{record: "namespace:errors:rate5m", expr: a}, {alert: b, expr: "namespace:cpu:sum > 1"}'))).toEqual([]);
  });
});

describe('metrics of an agent in the network of its node', () => {
  const AGENT = `apiVersion: v1
kind: ConfigMap
metadata: {name: spire-agent, namespace: spire}
data: {agent.conf: 'agent { trust_domain = "a.org" } telemetry { Prometheus { host = "127.0.0.1" port = 9988 } }'}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: spire-agent, namespace: spire}
spec: {template: {metadata: {labels: {app: spire-agent}}, spec: {hostNetwork: true, containers: [{name: a, image: "ghcr.io/spiffe/spire-agent:1.15.3", args: [-config, /c/agent.conf], volumeMounts: [{name: c, mountPath: /c}]}],
  volumes: [{name: c, configMap: {name: spire-agent}}]}}}
---
`;
  const MONITOR = OBJECT('monitoring.coreos.com/v1', 'PodMonitor', 'a', 'spec: {selector: {matchLabels: {app: spire-agent}}}', 'spire');

  test('fail on localhost', () => {
    expect(found('SPIRE-METRICS-LOCALHOST', AGENT + MONITOR)).toEqual(['metrics are on 127.0.0.1']);
    expect(found('SPIRE-METRICS-LOCALHOST', AGENT)).toEqual([]);
  });
});

describe('a Gateway', () => {
  const GATEWAY = (namespace: string, tls = 'mode: SIMPLE, credentialName: a'): string => OBJECT('networking.istio.io/v1', 'Gateway', 'public', `spec: {selector: {app: edge}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.org], tls: {${tls}}}]}`, namespace);
  const ROUTE = OBJECT('networking.istio.io/v1', 'VirtualService', 'web', 'spec: {hosts: [a.example.org], gateways: [istio-system/public], http: []}');

  test('fails where it was moved', () => {
    expect(found('MESH-GATEWAY-ELSEWHERE', ROUTE + GATEWAY('istio-ingress'))).toEqual(['there is no Gateway in istio-system; public is in istio-ingress']);
    expect(found('MESH-GATEWAY-ELSEWHERE', ROUTE + GATEWAY('istio-system'))).toEqual([]);
  });

  test('is right where two others have its name', () => {
    expect(found('MESH-GATEWAY-ELSEWHERE', ROUTE + GATEWAY('a') + GATEWAY('b'))).toEqual([]);
  });

  test('is right where that of its name is for other hosts', () => {
    expect(found('MESH-GATEWAY-ELSEWHERE', ROUTE + GATEWAY('istio-ingress').replace('a.example.org', '"*"'))).toEqual([]);
  });

  test('fails with a Secret of another namespace', () => {
    const edge = POD('edge', '', 'app: edge', 'istio-ingress');
    expect(found('MESH-GATEWAY-SECRET', edge + GATEWAY('a', 'mode: SIMPLE, credentialName: shop/a'))).toEqual(['Secret shop/a is in shop, the pods of the gateway are in istio-ingress']);
    expect(found('MESH-GATEWAY-SECRET', edge + GATEWAY('a', 'mode: SIMPLE, credentialName: istio-ingress/a'))).toEqual([]);
  });

  test.each(['minProtocolVersion: TLSV1_0', 'maxProtocolVersion: TLSV1_1'])('fails with %s', version => {
    expect(found('MESH-GATEWAY-OLD-TLS', GATEWAY('a', `mode: SIMPLE, credentialName: a, ${version}`))).toEqual([version.replace(':', ' is')]);
  });

  test('is right with TLS 1.2', () => {
    expect(found('MESH-GATEWAY-OLD-TLS', GATEWAY('a', 'mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_2') + GATEWAY('b'))).toEqual([]);
  });
});

describe('URLs', () => {
  const SERVICE = (spec = ''): string => OBJECT('v1', 'Service', 'api', `spec: {${spec}ports: [{port: 80}, {port: 443}]}`);
  const told = (url: string, service = SERVICE()): string[] => found('OPS-URL-PORT', service + POD('web').replace('image:', `env: [{name: API, value: "${url}"}], image:`));

  test.each([
    ['http://api:8080', 'api:8080: Service api has 80, 443'],
    ['http://api.shop:8080/items', 'api.shop:8080: Service api has 80, 443'],
    ['grpc://api.shop.svc.cluster.local:9000', 'api.shop.svc.cluster.local:9000: Service api has 80, 443'],
  ])('fail: %s', (url, message) => {
    expect(told(url)).toEqual([message]);
  });

  test.each(['http://api:80', 'http://api', 'http://api.example.org:8080', 'http://api.store:8080', 'http://localhost:8080', 'https://other:8080'])('are right: %s', url => {
    expect(told(url)).toEqual([]);
  });

  test('are right where the names of a Service are those of its pods, or of others', () => {
    expect(told('http://api:8080', SERVICE('clusterIP: None, '))).toEqual([]);
    expect(told('http://api:8080', SERVICE('type: ExternalName, externalName: api.example.org, '))).toEqual([]);
  });

  test('fail with a Service that is misspelt', () => {
    expect(told('http://apo.shop.svc:80')).toEqual(['there is no Service apo in namespace shop; there is api']);
    expect(told('http://apo.shop:80')).toEqual([]);
    expect(told('http://orders.shop.svc:80')).toEqual([]);
  });

  test('are right with one of several variants of a Service', () => {
    const [one, other] = [SERVICE(), SERVICE().replace('port: 80}', 'port: 8080}')];
    expect(found('OPS-URL-PORT', { 'a.yaml': one, 'b.yaml': other, 'c.yaml': POD('web').replace('image:', 'env: [{name: API, value: "http://api:8080"}], image:') })).toEqual([]);
  });

  test('fail in arguments', () => {
    expect(found('OPS-URL-PORT', SERVICE() + POD('web').replace('image:', 'args: ["--api=http://api:1"], image:'))).toHaveLength(1);
  });
});

describe('a Service of pods with Envoy', () => {
  const service = (port: number): string => OBJECT('v1', 'Service', 'orders', `spec: {selector: {app: orders}, ports: [{port: 443, targetPort: ${port}}]}`);

  test('fails where it leads past it', () => {
    expect(found('ENVOY-BYPASS', `${fixture('sidecar.yaml')}---\n${service(8080)}`)).toEqual(['port 443 leads to 8080, behind Envoy, which listens on 8443']);
    expect(found('ENVOY-BYPASS', `${fixture('sidecar.yaml')}---\n${service(8443)}`)).toEqual([]);
  });
});

describe('nodes of agents', () => {
  const SET = (name: string, image: string, spec: string): string =>
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ${name}, namespace: spire}\nspec: {template: {metadata: {labels: {app: ${name}}}, spec: {${spec}containers: [{name: a, image: "ghcr.io/spiffe/${image}", args: [-config, /c/agent.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: c}}]}}}\n---\n`;
  const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: spire}\ndata: {agent.conf: \'agent { trust_domain = "a.org" }\'}\n---\n';
  const told = (agent: string, driver: string, rest = ''): string[] => found('SPIRE-AGENT-NODES', CONFIG + SET('agent', 'spire-agent:1.15.3', agent) + SET('driver', 'spiffe-csi-driver:0.2.12', driver) + rest);
  const user = (tolerations: string): string => POD('web', `tolerations: [${tolerations}], volumes: [{name: a, csi: {driver: csi.spiffe.io}}], `);
  const ALL = 'tolerations: [{operator: Exists}], ';

  test('fail where the driver is on others', () => {
    expect(told('', 'nodeSelector: {pool: apps}, ')).toEqual(['the driver is on nodes with pool: apps, the agent on all nodes']);
    expect(told('nodeSelector: {pool: apps}, ', 'nodeSelector: {kubernetes.io/os: linux}, ')).toEqual(['the driver is on all nodes, the agent on nodes with pool: apps']);
  });

  test('fail where a pod goes to others', () => {
    expect(told(ALL, '', user('{key: gpu, operator: Exists}'))).toEqual(['web tolerates the taint gpu, and agent or driver do not']);
  });

  test.each([
    ['with one selector', 'nodeSelector: {pool: apps}, ', 'nodeSelector: {pool: apps, kubernetes.io/os: linux}, ', ''],
    ['with affinity', 'affinity: {nodeAffinity: {}}, ', 'nodeSelector: {pool: apps}, ', ''],
    ['with tolerations of all', ALL, ALL, user('{key: gpu, operator: Exists}')],
    ['with pods that stay on nodes with problems', '', '', user('{key: node.kubernetes.io/not-ready, operator: Exists}')],
  ])('are right %s', (_, agent, driver, rest) => {
    expect(told(agent, driver, rest)).toEqual([]);
  });
});

describe('the server as a Deployment', () => {
  const SERVER = (spec: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: spire}
data: {server.conf: 'server { trust_domain = "a.org" data_dir = "/data" } plugins { DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/data/db" } } }'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: spire-server, namespace: spire}
spec: {${spec}containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}, {name: d, mountPath: /data}]}],
  volumes: [{name: c, configMap: {name: c}}, {name: d, persistentVolumeClaim: {claimName: d}}]}}}`;

  test('fails with a second one beside its database', () => {
    expect(found('SPIRE-ROLLING-SQLITE', SERVER('template: {spec: {'))).toEqual(['spire-server is a Deployment with RollingUpdate, and keeps sqlite3 on a disk']);
    expect(found('SPIRE-ROLLING-SQLITE', SERVER('strategy: {type: Recreate}, template: {spec: {'))).toEqual([]);
    expect(found('SPIRE-ROLLING-SQLITE', SERVER('strategy: {rollingUpdate: {maxSurge: 0}}, template: {spec: {'))).toEqual([]);
  });

  test('fails as a user who may not write to its disk', () => {
    expect(found('SPIRE-FOLDER-OF-ROOT', SERVER('template: {spec: {securityContext: {runAsUser: 1000}, '))).toEqual(['a runs as user 1000, and /data is a folder of root']);
    for (const spec of ['securityContext: {runAsUser: 1000, fsGroup: 1000}, ', 'securityContext: {runAsUser: 0}, ', '', 'initContainers: [{name: i, image: "i:1"}], securityContext: {runAsUser: 1000}, ']) {
      expect(found('SPIRE-FOLDER-OF-ROOT', SERVER(`template: {spec: {${spec}`))).toEqual([]);
    }
  });
});

test('a server fails with Vault in plain text', () => {
  const server = (address: string): string => changed(fixture('spire.yaml'), ['      KeyManager', `      UpstreamAuthority "vault" { plugin_data { vault_addr = "${address}" } }\n      KeyManager`]);
  expect(found('SPIRE-VAULT-PLAIN', server('http://vault.vault:8200'))).toEqual(['vault_addr is http://vault.vault:8200']);
  expect(found('SPIRE-VAULT-PLAIN', server('https://vault.vault:8200'))).toEqual([]);
  expect(found('SPIRE-VAULT-PLAIN', server('http://127.0.0.1:8200'))).toEqual([]);
});

test('a server fails with two databases', () => {
  const server = (replica: string): string => changed(fixture('spire.yaml'), ['database_type = "sqlite3"\n        connection_string = "/run/spire/data/datastore.sqlite3"',
    `database_type = "postgres"\n        connection_string = "host=a dbname=spire user=a"\n        ro_connection_string = "host=b dbname=${replica} user=a"`]);
  expect(found('SPIRE-DB-READ-ONLY', server('spire2'))).toEqual(['ro_connection_string is for the database spire2, connection_string for spire']);
  expect(found('SPIRE-DB-READ-ONLY', server('spire'))).toEqual([]);
});

test('a backup fails that is suspended', () => {
  const job = (spec: string): string => `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: spire-backup}\nspec: {${spec}concurrencyPolicy: Forbid, jobTemplate: {spec: {activeDeadlineSeconds: 60}}}`;
  expect(found('OPS-BACKUP-JOB', job('suspend: true, '))).toEqual(['spire-backup is suspended: it never runs']);
  expect(found('OPS-BACKUP-JOB', job('suspend: false, '))).toEqual([]);
});

test.each(['opa:latest-envoy', 'opa:latest', 'opa'])('image %s fails without a version', image => {
  expect(found('OPS-LATEST-IMAGE', POD('a').replace(/image: "[^"]*"/, `image: "${image}"`))).toEqual([`${image} has no version`]);
});

describe('files of kustomize', () => {
  const KUSTOMIZATION = (resources: string, more = ''): string => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources}]\n${more}`;
  const told = (files: Record<string, string>): string[] => found('INPUT-KUSTOMIZE-FILE', files);

  test('fail under another name', () => {
    expect(told({ 'a/kustomization.yaml': KUSTOMIZATION('web.yaml, policy.yaml'), 'a/web.yaml': POD('web'), 'a/network.yaml': POD('b') })).toEqual(['policy.yaml is not there; network.yaml is']);
  });

  test.each([
    ['that are there', { 'a/kustomization.yaml': KUSTOMIZATION('web.yaml'), 'a/web.yaml': POD('web') }],
    ['that are not in the input', { 'a/kustomization.yaml': KUSTOMIZATION('web.yaml, api.yaml'), 'a/web.yaml': POD('web') }],
    ['that something else names', { 'a/kustomization.yaml': KUSTOMIZATION('api.yaml', 'configMapGenerator: [{name: a, files: [web.yaml]}]'), 'a/web.yaml': POD('web') }],
    ['of other folders', { 'a/kustomization.yaml': KUSTOMIZATION('../base/api.yaml'), 'a/web.yaml': POD('web') }],
  ])('are right %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  test('a server fails that reads a generated ConfigMap under its old name', () => {
    const server = 'volumes: [{name: a, configMap: {name: settings}}], containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: a, mountPath: /c}]}]';
    const files = (name: string, more = '', pod = server): Record<string, string> => ({
      'a/kustomization.yaml': KUSTOMIZATION('web.yaml', `configMapGenerator: [{name: ${name}, literals: [server.conf=b]}]\n${more}`),
      'a/web.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {${pod}}`,
    });
    expect(found('OPS-CONFIG-MISSING', files('options'))).toEqual([expect.stringContaining('there is no ConfigMap settings')]);
    expect(found('OPS-CONFIG-MISSING', files('settings'))).toEqual([]);
    expect(found('OPS-CONFIG-MISSING', files('options', 'namePrefix: a-'))).toEqual([]);
    expect(found('OPS-CONFIG-MISSING', files('options', '', server.replace('spiffe/spire-server', 'shop/web')))).toEqual([]);
  });
});

describe('values of the chart', () => {
  const VALUES = (template: string, more = ''): string => `global:\n  spire:\n    trustDomain: example.org\nspire-server:\n  controllerManager:\n${more}    identities:
      clusterSPIFFEIDs:\n        mesh:\n          spiffeIDTemplate: ${template}\n          podSelector: {matchLabels: {app: web}}\n`;
  const WEB = POD('web', '', 'app: web, sidecar.istio.io/inject: "true"');
  const MESH_FORM = 'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}';
  const told = (rule: string, values: string): string[] => found(rule, { 'values.yaml': values, 'web.yaml': WEB });

  test('fail with an ID that Istio does not understand', () => {
    expect(told('SPIRE-ID-MESH-FORM', VALUES('spiffe://{{ .TrustDomain }}/{{ .PodMeta.Namespace }}'))).toEqual(['"spiffe://{{ .TrustDomain }}/{{ .PodMeta.Namespace }}" is given to Pod web, which is in the mesh']);
    expect(told('SPIRE-ID-MESH-FORM', VALUES(MESH_FORM))).toEqual([]);
    expect(told('SPIRE-ID-MESH-FORM', VALUES('spiffe://{{ .TrustDomain }}/a').replace('app: web', 'app: api'))).toEqual([]);
  });

  test('fail with identities that no controller manager makes', () => {
    expect(told('HELM-IGNORED', VALUES(MESH_FORM, '    enabled: false\n'))).toEqual(['no identity is made of them: controllerManager.enabled is false']);
    expect(told('HELM-IGNORED', VALUES(MESH_FORM))).toEqual([]);
  });
});

describe('a host outside', () => {
  const ENTRY = (spec = ''): string => OBJECT('networking.istio.io/v1', 'ServiceEntry', 'bank', `spec: {hosts: [bank.example.com], resolution: DNS, ports: [{number: 80, targetPort: 443, name: http, protocol: HTTP}], ${spec}}`);
  const WEB = POD('web', '', 'app: web, sidecar.istio.io/inject: "true"');
  const OPEN = (rule: string): string => OBJECT('networking.k8s.io/v1', 'NetworkPolicy', 'web', `spec: {podSelector: {}, policyTypes: [Egress], egress: [${rule}]}`);
  const OWN = 'exportTo: ["."]';

  test('fails where no pod gets out to its port', () => {
    expect(found('MESH-ENTRY-CLOSED', WEB + ENTRY(OWN) + OPEN('{ports: [{port: 80}]}'))).toEqual(['no NetworkPolicy lets a pod of namespace shop reach port 443 outside']);
  });

  test.each([
    ['with the port open', WEB + ENTRY(OWN) + OPEN('{ports: [{port: 443}]}')],
    ['for other namespaces, too', WEB + ENTRY() + OPEN('')],
    ['for a pod without policy', WEB + POD('api', '', 'app: api, sidecar.istio.io/inject: "true"') + ENTRY(OWN) + OPEN('').replace('{}', '{matchLabels: {app: web}}')],
    ['by way of a gateway', WEB + ENTRY(OWN) + OPEN('') + OBJECT('networking.istio.io/v1', 'VirtualService', 'bank', 'spec: {hosts: [bank.example.com]}')],
    ['with endpoints inside', WEB + ENTRY(`${OWN}, endpoints: [{address: 10.0.0.1}]`) + OPEN('')],
  ])('is right %s', (_, text) => {
    expect(found('MESH-ENTRY-CLOSED', text)).toEqual([]);
  });
});

test('a shell beside the server fails with its socket', () => {
  const text = changed(fixture('spire.yaml'), ['image: ghcr.io/spiffe/spire-controller-manager:0.6.6', 'image: busybox:1.37']);
  expect(found('SPIRE-ADMIN-SOCKET', text)).toEqual([expect.stringContaining('(busybox:1.37) mounts the folder of /run/spire/sockets/api.sock')]);
});

describe('a Sidecar', () => {
  const account = (name: string): string => POD(name, `serviceAccountName: ${name}, `, `app: ${name}`);
  const CALL = `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio}\nspec: {meshConfig: {trustDomain: a.org}}\n---\n${account('web')}${account('api')}`
    + OBJECT('v1', 'Service', 'api', 'spec: {selector: {app: api}, ports: [{port: 80}]}')
    + OBJECT('security.istio.io/v1', 'AuthorizationPolicy', 'api', 'spec: {selector: {matchLabels: {app: api}}, rules: [{from: [{source: {principals: [a.org/ns/shop/sa/web]}}]}]}');
  const SIDECAR = (hosts: string, more = ''): string => OBJECT('networking.istio.io/v1', 'Sidecar', 'default', `spec: {${more}egress: [{hosts: [${hosts}]}]}`);

  test('fails where it hides what its pods call', () => {
    expect(found('MESH-SIDECAR-HIDES', CALL + SIDECAR('istio-system/*'))).toEqual(['"a.org/ns/shop/sa/web" may call shop/api, and Sidecar default gives its proxy istio-system/* only']);
    expect(found('MESH-SIDECAR-HIDES', CALL + SIDECAR('shop/orders'))).toHaveLength(1);
    expect(found('MESH-SIDECAR-HIDES', CALL + SIDECAR('store/*', 'workloadSelector: {labels: {app: web}}, ') + SIDECAR('*/*'))).toHaveLength(1);
  });

  test.each([
    ['with all hosts of the namespace', SIDECAR('./*')],
    ['with the host', SIDECAR('shop/api.shop.svc.cluster.local')],
    ['with a pattern', SIDECAR('"*/*.shop.svc.cluster.local"')],
    ['of other pods', SIDECAR('istio-system/*', 'workloadSelector: {labels: {app: api}}, ')],
    ['of another namespace', SIDECAR('istio-system/*').replace('namespace: shop', 'namespace: store')],
  ])('is right %s', (_, sidecar) => {
    expect(found('MESH-SIDECAR-HIDES', CALL + sidecar)).toEqual([]);
  });
});

test('a condition fails with an issuer whose tokens nothing verifies', () => {
  const policy = (issuer: string): string => OBJECT('security.istio.io/v1', 'AuthorizationPolicy', 'a', `spec: {rules: [{when: [{key: request.auth.principal, values: ["${issuer}/*"]}]}]}`)
    + OBJECT('security.istio.io/v1', 'RequestAuthentication', 'a', 'spec: {jwtRules: [{issuer: "https://oidc.example.org"}]}');
  expect(found('MESH-AUTHZ-ISSUER', policy('https://id.example.org'))).toEqual(['issuer "https://id.example.org" is none of https://oidc.example.org']);
  expect(found('MESH-AUTHZ-ISSUER', policy('https://oidc.example.org'))).toEqual([]);
});

test('a NetworkPolicy fails for agents of a namespace that is not in the input', () => {
  const server = (namespace: string): string => changed(fixture('spire.yaml'), ['from: [{namespaceSelector: {}}]', `from: [{namespaceSelector: {matchLabels: {${namespace}}}}]`])
    .replace(/apiVersion: v1\nkind: Namespace\n.*\n---\n/g, '');
  expect(found('SPIRE-SERVER-CLOSED', server('kubernetes.io/metadata.name: other'))).toEqual([expect.stringContaining('no policy lets spire-system/spire-agent reach port 8081')]);
  expect(found('SPIRE-SERVER-CLOSED', server('kubernetes.io/metadata.name: spire-system'))).toEqual([]);
  // its labels are not in the input
  expect(found('SPIRE-SERVER-CLOSED', server('team: platform'))).toEqual([]);
});

describe('metrics of Istio', () => {
  const rule = (expression: string): string => OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', 'a', `spec: {groups: [{name: a, rules: [{alert: a, expr: '${expression}'}]}]}`);

  test('fail misspelt', () => {
    expect(found('OBS-ISTIO-METRIC', rule('rate(istio_request_total{code="istio_x"}[5m])'))).toEqual(['there is no metric istio_request_total; there is istio_requests_total']);
  });

  test.each(['rate(istio_requests_total[5m])', 'istio_request_bytes_sum', 'istio_agent_pilot_xds', 'istio_shop_orders_total', 'spiffe:istio_request_total:rate5m'])('are right: %s', expression => {
    expect(found('OBS-ISTIO-METRIC', rule(expression))).toEqual([]);
  });
});

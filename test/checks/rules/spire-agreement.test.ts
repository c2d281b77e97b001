import { Engine } from '../../../src/checks/engine';
import { RULES } from '../../../src/checks/rules';
import { changed, check, fixture, found, run } from '../cases';
import { nested } from '../fixtures/nested-server';
import { REGISTRAR } from '../fixtures/pods';

const SPIRE = fixture('spire.yaml');
type Change = [from: string | RegExp, to: string];

const MANAGER_CONTAINER = `      - name: controller-manager
        image: ghcr.io/spiffe/spire-controller-manager:0.6.6
        args: [--config=/manager/config.yaml]
        ports: [{name: cm-health, containerPort: 8083}]
        livenessProbe: {httpGet: {path: /healthz, port: cm-health}}
        resources: {}
        securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
        volumeMounts:
        - {name: sockets, mountPath: /run/spire/sockets}
        - {name: manager, mountPath: /manager}
        - {name: tmp, mountPath: /tmp}
      volumes:
      - {name: manager, configMap: {name: spire-controller-manager}}
      - {name: tmp, emptyDir: {}}`;

const MANAGED = changed(SPIRE, [/ {6}- name: controller-manager\n[^]*?      volumes:/, MANAGER_CONTAINER],
  ['entryIDPrefix: demo', 'entryIDPrefix: demo\n    metrics: {bindAddress: "0.0.0.0:8082"}\n    health: {healthProbeBindAddress: "0.0.0.0:8083"}'],
  ['verbs: [get, list, watch]}', 'verbs: [get, list, watch]}\n- {apiGroups: [admissionregistration.k8s.io], resources: [validatingwebhookconfigurations], verbs: [get, list, watch, patch]}']);

describe('the controller manager', () => {
  test('is right as it is', () => {
    expect(check(MANAGED)).toEqual([]);
  });

  test.each<[string, string, Change, string]>([
    ['SPIRE-PROBE', 'at another port', ['containerPort: 8083', 'containerPort: 8084'], 'the probe asks port 8084, the controller manager answers at 0.0.0.0:8083'],
    ['SPIRE-PROBE', 'of another path', ['path: /healthz', 'path: /live'], 'the probe asks /live, the controller manager answers /healthz and /readyz'],
    ['SPIRE-PROBE', 'and nobody answers', [/\n    health: .*/, ''], 'the probe asks port 8083, and the controller manager has no health.healthProbeBindAddress'],
    ['SPIRE-PROBE', 'from outside', ['"0.0.0.0:8083"', '"127.0.0.1:8083"'], 'the controller manager answers at 127.0.0.1:8083, which the kubelet does not reach'],
    ['SPIRE-PORT-TWICE', 'by the port for metrics that it has where none is given', [/\n    metrics: .*/, ''], 'health_checks and the metrics of the controller manager listen on port 8080'],
    ['SPIRE-CONFIG-PATH', 'without its configuration', ['args: [--config=/manager/config.yaml]', 'args: []'], 'the controller manager has no argument --config: it stops without a trust domain'],
    ['SPIRE-READ-ONLY', 'without a folder for its key', [/\n *- \{name: tmp, mountPath: \/tmp\}/, ''],
      'the controller manager writes the key of its webhook below /tmp: nothing is mounted there, and the root file system is read-only'],
    ['SPIRE-RBAC', 'without the right to endpoints', [', endpoints]', ']'], 'service account spire-server may not list endpoints'],
    ['SPIRE-RBAC', 'without the right to its webhook', ['verbs: [get, list, watch, patch]', 'verbs: [patch]'], 'service account spire-server may not get validatingwebhookconfigurations'],
  ])('%s fails: a probe, a port, a file or a right %s', (rule, _, change, message) => {
    expect(found(rule, changed(MANAGED, change))).toContain(message);
  });

  test.each<[string, string, Change]>([
    ['SPIRE-PROBE', 'a port without a name, and no probe', [/ports: \[\{name: cm-health, containerPort: 8083\}\]\n *livenessProbe: .*/, 'ports: [{containerPort: 9443}]']],
    ['SPIRE-PROBE', 'probes below their paths', ['path: /healthz', 'path: /healthz/ping']],
    ['SPIRE-READ-ONLY', 'another folder for its key', ['- {name: tmp, mountPath: /tmp}', '- {name: tmp, mountPath: /keys}\n        env: [{name: TMPDIR, value: /keys}]']],
    ['SPIRE-RBAC', 'slices of endpoints', [', endpoints], verbs: [get, list, watch]}', '], verbs: [get, list, watch]}\n- {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list]}']],
  ])('%s: is right with %s', (rule, _, change) => {
    expect(found(rule, changed(MANAGED, change))).toEqual([]);
  });
});

test('a role that is put together of others may hold what is asked', () => {
  const aggregated = changed(SPIRE, ['rules: [{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}]', 'aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}']);
  expect(found('SPIRE-RBAC', aggregated)).toEqual([]);
});

test('a controller manager before 0.4 needs no right to endpoints', () => {
  expect(found('SPIRE-RBAC', changed(MANAGED, [', endpoints]', ']'], ['spire-controller-manager:0.6.6', 'spire-controller-manager:0.3.0']))).toEqual([]);
});

const WEBHOOK = (path: string, resources: string, namespace = 'spire-server'): string => `${SPIRE}---
apiVersion: v1
kind: Service
metadata: {name: webhook, namespace: spire-server}
spec: {selector: {app: spire-server}, ports: [{port: 443, targetPort: 9443}]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: spire-controller-manager-webhook}
webhooks:
- name: a.kb.io
  clientConfig: {service: {name: webhook, namespace: ${namespace}, path: ${path}}}
  rules: [{apiGroups: [spire.spiffe.io], apiVersions: [v1alpha1], operations: [CREATE], resources: [${resources}]}]
`;

describe('the webhook', () => {
  const PATH = '/validate-spire-spiffe-io-v1alpha1-clusterspiffeid';

  test.each([
    ['another path', WEBHOOK('/validate', 'clusterspiffeids'), 'the path is /validate, the controller manager answers at'],
    ['no path', WEBHOOK('""', 'clusterspiffeids'), 'the path is /, the controller manager'],
    ['a misspelt kind', WEBHOOK(PATH, 'clusterspiffeid'), `no rule of the webhook at ${PATH} is for creating or updating clusterspiffeids`],
    ['a misspelt group', WEBHOOK(PATH, 'clusterspiffeids').replace('apiGroups: [spire.spiffe.io], apiVersions', 'apiGroups: [spiffe.io], apiVersions'), 'no rule of the webhook'],
    ['two kinds', WEBHOOK(PATH, 'clusterspiffeids, clusterfederatedtrustdomains'), 'is asked about clusterfederatedtrustdomains, too, and refuses them'],
    ['another namespace', WEBHOOK(PATH, 'clusterspiffeids', 'default'), 'there is no Service webhook in namespace default; there is one in spire-server'],
  ])('fails with %s', (_, text, message) => {
    expect(found('SPIRE-WEBHOOK', text)).toEqual([expect.stringContaining(message)]);
  });

  test.each(['clusterspiffeids', '"*"'])('is right for %s', resources => {
    expect(found('SPIRE-WEBHOOK', WEBHOOK(PATH, resources))).toEqual([]);
  });
});

const POSTGRES = (more: string): Change => [/database_type = "sqlite3"\n.*/, `database_type = "postgres"\n        connection_string = "host=db sslmode=verify-full"\n${more}`];
const ROOT = (name: string): Change => [new RegExp(`(?<=/${name}:[^]*?)securityContext: \\{`), 'securityContext: {readOnlyRootFilesystem: true, '];
const VAULT = (file: string): Change => ['KeyManager "disk"', `UpstreamAuthority "vault" { plugin_data {\n        ca_cert_path = "/files/${file}"\n        token_auth { token = "$T" }\n      } }\n      KeyManager "disk"`];
const FILES = (source: string): Change[] => [['- {name: data, mountPath: /run/spire/data}', '- {name: data, mountPath: /run/spire/data}\n        - {name: files, mountPath: /files}'],
  ['- {name: sockets, emptyDir: {}}', `- {name: sockets, emptyDir: {}}\n      - {name: files, ${source}}`]];

test.each<[string, string, Change[], string]>([
  ['SPIRE-READ-ONLY', 'of the data of the server', [ROOT('spire-server'), ['data_dir = "/run/spire/data"', 'data_dir = "/run/spire/state"']],
    'data_dir is /run/spire/state/: nothing is mounted there, and the root file system is read-only'],
  ['SPIRE-READ-ONLY', 'of the identifier of keys', [ROOT('spire-server'), [/KeyManager "disk" \{ plugin_data \{\n.*/, 'KeyManager "aws_kms" { plugin_data {\n        region = "a"\n        key_identifier_file = "/keys/id"']],
    'key_identifier_file is /keys/id: nothing is mounted there, and the root file system is read-only'],
  ['SPIRE-FILE-MISSING', 'of a Secret', [VAULT('ca.crt'), ...FILES('secret: {secretName: a, items: [{key: ca.crt, path: ca.pem}]}')], 'ca_cert_path is /files/ca.crt, and the volume there has ca.pem only'],
  ['SPIRE-FILE-MISSING', 'of a ConfigMap', [VAULT('ca.crt'), ...FILES('configMap: {name: spire-controller-manager}')], 'ca_cert_path is /files/ca.crt, and the volume there has config.yaml only'],
  ['SPIRE-FILE-MISSING', 'of a token', [VAULT('token'), ...FILES('projected: {sources: [{serviceAccountToken: {path: vault, audience: v}}]}')], 'ca_cert_path is /files/token, and the volume there has vault only'],
  ['SPIRE-DB-TLS', 'of the replica', [POSTGRES('        ro_connection_string = "host=ro sslmode=require"')], 'sslmode is require'],
  ['SPIRE-DB-TLS', 'with a user out of the environment', [[/database_type = "sqlite3"\n.*/, 'database_type = "postgres"\n        connection_string = "host=db user=$USER password=$PASSWORD"'],
    ['args: [-config, /run/spire/config/server.conf]', 'args: [-expandEnv, -config, /run/spire/config/server.conf]\n        envFrom: [{secretRef: {name: db}}]']], 'sslmode is require'],
  ['SPIRE-AGENT-NODE-NAME', 'of the pod', [['fieldPath: spec.nodeName', 'fieldPath: status.podIP']], 'MY_NODE_NAME is status.podIP, which is the pod and not its node'],
  ['SPIRE-ID-TEMPLATE', 'with a misspelt field', [['/sa/{{ .PodSpec.ServiceAccountName }}', '/sa/{{ .PodSpec.ServiceAcountName }}']], '.PodSpec.ServiceAcountName does not exist: .PodSpec.ServiceAccountName does'],
  ['SPIRE-ID-TEMPLATE', 'with a field of YAML', [['/ns/{{ .PodMeta.Namespace }}', '/ns/{{ .PodMeta.namespace }}']], '.PodMeta.namespace does not exist: .PodMeta.Namespace does'],
  ['SPIRE-SERVER-ADDRESS', 'at another port of the pods', [['ports: [{name: grpc, port: 8081}]', 'ports: [{name: grpc, port: 8081, targetPort: 8082}]']],
    'port 8081 of Service spire-server leads to port 8082 of the pods, where the server listens on 8081'],
  ['SPIRE-SERVER-ADDRESS', 'by UDP', [['ports: [{name: grpc, port: 8081}]', 'ports: [{name: grpc, port: 8081, protocol: UDP}]']], 'port 8081 of Service spire-server is of protocol UDP, and the server listens on TCP'],
  ['SPIRE-SERVER-ADDRESS', 'behind a Service without selector', [['spec: {selector: {app: spire-server}, ports: [{name: grpc', 'spec: {ports: [{name: grpc']], 'the Service before the server selects no pod'],
  ['SPIRE-SERVER-CLOSED', 'by UDP', [['{ports: [{port: 8081}], from', '{ports: [{port: 8081, protocol: UDP}], from']], 'no policy lets anybody reach port 8081 of spire-server/spire-server'],
  ['SPIRE-BUNDLE-NAME', 'without a publisher', [[/ {6}BundlePublisher [^]*?\} \}\n {6}\} \}\n/, '']], 'ConfigMap spire-bundle is published by nobody; the server may write it, and has no BundlePublisher'],
  ['SPIRE-METRICS-LOCALHOST', 'that a policy opens', [['host = "0.0.0.0"\n      port = 9988', 'port = 9988'], ['{ports: [{port: 9443}]}', '{ports: [{port: 9443}, {port: 9988}]}']], 'metrics are on localhost'],
  ['SPIRE-RBAC', 'in a role that is not there', [['metadata: {name: spire-agent}\nrules', 'metadata: {name: agent}\nrules']], 'ClusterRoleBinding spire-agent gives ClusterRole spire-agent, which is not there'],
  ['SPIRE-RBAC', 'without a name', [[/ {6}serviceAccountName: spire-agent\n/, '']], 'the pods have no serviceAccountName: the roles of spire-agent, which no pod has, are not those of account default'],
])('%s fails: %s', (rule, _, changes, message) => {
  expect(found(rule, changed(SPIRE, ...changes))).toContain(message);
});

test.each<[string, string, Change[]]>([
  ['SPIRE-READ-ONLY', 'a folder of the image', [ROOT('spire-agent'), ['socket_path = "/run/spire/agent-sockets/socket"', 'socket_path = "/run/spire/agent-sockets/socket"\n      data_dir = "/var/lib/spire/agent"']]],
  ['SPIRE-READ-ONLY', 'a mounted folder', [ROOT('spire-server')]],
  ['SPIRE-FILE-MISSING', 'a file of a Secret', [VAULT('ca.crt'), ...FILES('secret: {secretName: a, items: [{key: ca, path: ca.crt}]}')]],
  ['SPIRE-FILE-MISSING', 'a Secret whose files are not seen', [VAULT('ca.crt'), ...FILES('secret: {secretName: a}')]],
  ['SPIRE-DB-TLS', 'a verified replica', [POSTGRES('        ro_connection_string = "host=ro sslmode=verify-ca"')]],
  ['SPIRE-AGENT-NODE-NAME', 'the address of the node', [['fieldPath: spec.nodeName', 'fieldPath: status.hostIP']]],
  ['SPIRE-ID-TEMPLATE', 'a field of a later Kubernetes', [['"k8s:ns:{{ .PodMeta.Namespace }}"', '"k8s:a:{{ .PodSpec.SchedulingCohort }}"']]],
  ['SPIRE-SERVER-ADDRESS', 'a proxy before the server', [['ports: [{name: grpc, port: 8081}]', 'ports: [{name: grpc, port: 8081, targetPort: 8082}]'],
    ['      - name: controller-manager', '      - {name: proxy, image: "haproxy:3", ports: [{containerPort: 8082}]}\n      - name: controller-manager']]],
  ['SPIRE-BUNDLE-NAME', 'a bundle that somebody brings by hand', [[/ {6}BundlePublisher [^]*?\} \}\n {6}\} \}\n/, ''], ['verbs: [patch, create]', 'verbs: [get]']]],
  ['SPIRE-PORT-UNHEARD', 'a port that an external plugin may have', [['{name: metrics, containerPort: 9988}', '{name: plugin, containerPort: 7000}'],
    ['KeyManager "disk" {', 'NodeAttestor "own" { plugin_cmd = "/plugin" plugin_data {} }\n      KeyManager "disk" {']]],
  ['SPIRE-RBAC', 'roles that are all elsewhere', [[/apiVersion: rbac[^]*?---\n(?=apiVersion: v1\nkind: Service)/, ''], [/apiVersion: rbac[^]*?---\n(?=apiVersion: apps)/, '']]],
])('%s is right with %s', (rule, _, changes) => {
  expect(found(rule, changed(SPIRE, ...changes))).toEqual([]);
});

describe('the CSI driver', () => {
  const NODE: Change = ['      volumes: [{name: sockets, hostPath: {path: /run/spire/agent-sockets}}]', REGISTRAR.replace('plugins/spiffe/csi.sock', 'plugins/csi.spiffe.io/csi.sock')];
  const PODS = ', {name: pods, mountPath: /var/lib/kubelet/pods, mountPropagation: Bidirectional}';
  const MOUNTED: Change = [/securityContext: \{\}\n(.*)mountPath: \/agent-sockets\}\]/, `securityContext: {privileged: true}\n        volumeMounts: [{name: sockets, mountPath: /agent-sockets}, {name: csi, mountPath: /spiffe-csi}${PODS}]`];
  const text = changed(SPIRE, NODE, MOUNTED);

  test.each<[string, string, Change, string]>([
    ['SPIRE-CSI-REGISTRATION', 'with a socket of its own', ['mountPath: /spiffe-csi', 'mountPath: /csi-socket'],
      'csi-address is /csi/csi.sock (/var/lib/kubelet/plugins/csi.spiffe.io/csi.sock of the node), the driver makes /spiffe-csi/csi.sock (in no folder of the node)'],
    ['SPIRE-CSI-REGISTRATION', 'beside the folder of the kubelet', ['path: /var/lib/kubelet/plugins_registry', 'path: /var/lib/kubelet/registry'],
      '/registration is /var/lib/kubelet/registry: the kubelet looks into plugins_registry'],
    ['SPIRE-CSI-REGISTRATION', 'without that folder', [', {name: registration, mountPath: /registration}', ''], '/registration is no folder of the node: the kubelet looks into plugins_registry'],
    ['SPIRE-CSI-START', 'with an unknown flag', ['-plugin-name, csi.spiffe.io', '-name, csi.spiffe.io'], 'spiffe-csi-driver has no flag -name'],
    ['SPIRE-CSI-START', 'without its folder', ['-workload-api-socket-dir, /agent-sockets', '-csi-socket-path, /spiffe-csi/csi.sock'], 'there is no -workload-api-socket-dir'],
    ['SPIRE-CSI-START', 'without a word that is a flag', ['-workload-api-socket-dir, /agent', 'workload-api-socket-dir, /agent'], 'what follows "workload-api-socket-dir" is not read as flags'],
    ['SPIRE-CSI-START', 'without the name of its node', [/ {8}env: .*\n(?= {8}resources: \{\}\n {8}securityContext: \{privileged)/, ''], 'there is no variable MY_NODE_NAME, and no -node-id'],
    ['SPIRE-CSI-REGISTRATION', 'in the folder of another kubelet', ['path: /var/lib/kubelet/plugins_registry', 'path: /var/lib/k0s/plugins_registry'],
      '/registration is /var/lib/k0s/plugins_registry, and kubelet-registration-path is below /var/lib/kubelet'],
    ['SPIRE-CSI-MOUNT', 'with the folder of pods at another place', ['mountPath: /var/lib/kubelet/pods', 'mountPath: /pods'],
      '/var/lib/kubelet/pods of the node is mounted at /pods: the kubelet names the folders of pods as they are on the node'],
    ['SPIRE-CSI-MOUNT', 'without the folder of pods', [PODS, ''], 'container spiffe-csi-driver does not mount the folder of pods of the kubelet'],
  ])('%s fails %s', (rule, _, change, message) => {
    expect(found(rule, text)).toEqual([]);
    expect(found(rule, changed(text, change))).toContain(message);
  });
});

const OIDC = (port: number): string => `---
apiVersion: v1
kind: Service
metadata: {name: oidc, namespace: spire-server, annotations: {external-dns.alpha.kubernetes.io/hostname: oidc.example.org}}
spec: {type: LoadBalancer, selector: {app: oidc}, ports: [{port: ${port}, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: oidc, namespace: spire-server, labels: {app: oidc}}
spec: {containers: [{name: oidc, image: "ghcr.io/spiffe/oidc-discovery-provider:1.15.3", args: [-config, /c/oidc.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: oidc}}]}
`;

test('a Service that is the host of the issuer fails without its port', () => {
  expect(found('SPIRE-OIDC-KEYS', SPIRE + OIDC(8443))).toEqual(['oidc.example.org is this Service, whose port is 8443; the issuer is called at port 443']);
  expect(found('SPIRE-OIDC-KEYS', SPIRE + OIDC(443))).toEqual([]);
});

test('keys that are served elsewhere are right', () => {
  const keys = (url: string): string => changed(SPIRE, ['insecure_addr = ":8080"', `insecure_addr = ":8080"\n    jwks_uri = "${url}"`]);
  expect(['https://keys.example.org/jwks', 'https://oidc.example.org/keys'].flatMap(url => found('SPIRE-OIDC-KEYS', keys(url)))).toEqual([]);
});

test('a controller manager that everything expects a webhook of fails without its configuration', () => {
  const service = WEBHOOK('""', 'a').split('---\n').find(text => text.includes('metadata: {name: webhook'));
  expect(found('SPIRE-WEBHOOK', `${MANAGED}---\n${service}`)).toEqual(['there is no ValidatingWebhookConfiguration for the controller manager, which exits without']);
  expect(found('SPIRE-WEBHOOK', `${MANAGED}---\n${service}`.replace('resources: [validatingwebhookconfigurations]', 'resources: [a]'))).toEqual([]);
});

test.each([
  ['args: [-health-port, "9809"]', 'path: /healthz, port: 9809', []],
  ['args: ["--http-endpoint=:9809"]', 'path: /healthz, port: 9809', []],
  ['args: [-health-port, "9810"]', 'path: /healthz, port: 9809', ['the probe asks port 9809, the registrar answers at 9810']],
  ['args: []', 'path: /healthz, port: 9809', ['the probe asks port 9809, the registrar answers at none']],
  ['args: [--health-port=9809]', 'path: /health, port: 9809', ['the probe asks /health, the registrar answers /healthz']],
])('a registrar with %s is asked %s', (args, probe, messages) => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a}\nspec: {containers: [{name: a, image: "r/csi-node-driver-registrar:v2.15.0", ${args}, livenessProbe: {httpGet: {${probe}}}}]}`;
  expect(found('SPIRE-PROBE', pod)).toEqual(messages);
});

test('a probe without a path fails', () => {
  expect(found('SPIRE-PROBE', changed(SPIRE, ['httpGet: {path: /ready, port: 8080}', 'httpGet: {port: 8080}']))).toEqual(['the probe asks /, health_checks answers /live and /ready']);
});

test('a ConfigMap without the file that a server reads fails', () => {
  expect(found('SPIRE-CONFIG-PATH', changed(SPIRE, ['server.conf: |', 'text: |']).replace('config/server.conf', 'config/other.conf'))).toEqual([expect.stringContaining('other.conf')]);
  expect(found('SPIRE-CONFIG-PATH', changed(SPIRE, [/server.conf: \|[^]*?\n---/, 'readme: text\n---']))).toEqual(['the ConfigMap that is mounted there has no server.conf']);
});

const APP = (service: string, port: string, rules = ''): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, ${service}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: "web:1", ports: [{name: http, containerPort: 8080${port}}], volumeMounts: [{name: c, mountPath: /c, readOnly: true}]}], volumes: [{name: c${rules}}]}
`;

test.each([
  ['OPS-SERVICE-PORT', APP('targetPort: http', ', protocol: UDP'), 'port 80 is of protocol TCP, and port http of the pods is of UDP'],
  ['OPS-SERVICE-PORT', APP('targetPort: 8080, protocol: UDP', ''), 'port 80 is of protocol UDP, and port 8080 of the pods is of TCP'],
  ['OPS-VOLUME-SOURCE', APP('targetPort: 8080', ''), 'volume c has no source: it is an empty folder, and a container may only read it'],
  ['OPS-VOLUME-SOURCE', APP('targetPort: 8080', '', ', configMap: '), 'volume c has no source: it is an empty folder, and a container may only read it'],
])('%s fails for %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([message]);
});

test.each([
  ['OPS-SERVICE-PORT', APP('targetPort: http, protocol: TCP', '')],
  ['OPS-SERVICE-PORT', APP('targetPort: 9090, protocol: UDP', '')],
  // QUIC beside TLS, DNS of both protocols: containers often name the port once
  ['OPS-SERVICE-PORT', APP('targetPort: 8080, protocol: UDP}, {port: 443, targetPort: 8080', '')],
  ['OPS-VOLUME-SOURCE', APP('targetPort: 8080', '', ', emptyDir: {}')],
])('%s is right for %s', (rule, text) => {
  expect(found(rule, text)).toEqual([]);
});

const POLICY = (to: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}], to: [${to}]}]}
`;

test.each([
  ['namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-systen}}', ['there is no namespace kube-systen; there is kube-system']],
  ['namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kubedns}}', ['no pod has the label k8s-app: kubedns; those of the DNS server have kube-dns']],
  ['namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}', []],
  ['namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}, podSelector: {matchLabels: {k8s-app: node-local-dns}}', []],
])('a policy for DNS of {%s}', (peer, messages) => {
  expect(found('OPS-NETWORK-PEER', POLICY(`{${peer}}`))).toEqual(messages);
});

test.each([
  ['sum by (job) (up) > 0', '{{ $labels.instance }}', ['$labels.instance is empty: the expression keeps job']],
  ['sum(rate(up[5m])) by (job, pod) > 0.5 * 2', '{{ $labels.job }} {{ $labels.node }}', ['$labels.node is empty: the expression keeps job, pod']],
  ['max(up) - time() < 3600', '{{ $labels.job }}', ['$labels.job is empty: the expression keeps no label']],
  ['sum by (job) (up{a="("}) > 0', '{{ $labels.job }} {{ $value }}', []],
  ['sum by (job) (up) > 0', '{{ if $labels.pod }}{{ $labels.pod }}{{ end }}', []],
  ['sum by (job) (up) > on (job) group_left (pod) limit', '{{ $labels.pod }}', []],
  ['topk by (job) (3, up)', '{{ $labels.pod }}', []],
  ['sum without (pod) (up) > 0', '{{ $labels.job }}', []],
  ['up == 0', '{{ $labels.pod }}', []],
])('an alert of %s says %s', (expr, summary, messages) => {
  expect(found('OBS-ANNOTATION-LABEL', `groups: [{name: a, rules: [{alert: A, expr: '${expr}', annotations: {summary: '${summary}'}}]}]`)).toEqual(messages);
});

const RULES_OF = (rules: string): string => `groups: [{name: a, rules: [{record: "job:errors:rate5m", expr: up}, ${rules}]}]`;

test.each([
  ['OBS-RECORD-MISSING', '{alert: A, expr: "job:errors:rate5 > 1"}', ['no rule records job:errors:rate5; there is job:errors:rate5m']],
  ['OBS-RECORD-MISSING', '{alert: A, expr: "job:errors:rate5m > 1"}', []],
  ['OBS-RECORD-MISSING', '{alert: A, expr: "job:requests:rate5m > 1"}', []],
  ['OBS-RECORD-MISSING', '{alert: A, expr: "max_over_time(rate(up[1m])[5m:errors])"}', []],
  ['OBS-RULE-SHAPE', '{alert: A, expr: ""}', ['there is no expr']],
  ['OBS-RULE-SHAPE', '{for: 1m}', ['there is neither record nor alert', 'there is no expr']],
])('%s, %s', (rule, rules, messages) => {
  expect(found(rule, RULES_OF(rules))).toEqual(messages);
});

test('groups of rules of another program are none of Prometheus', () => {
  expect(found('OBS-RULE-SHAPE', 'action: ALLOW\ngroups: [{rules: [{matches: [{namespaces: [{exact: a}]}]}]}]')).toEqual([]);
});

test('a nested server fails where it looks for the socket beside the folder it shares with the agent', () => {
  expect(found('SPIRE-NESTED-AGENT', nested('/upstream/agent.sock', ''))).toEqual(['workload_api_socket is /upstream/agent.sock, where the server mounts nothing; the agent beside it listens at /run/upstream/agent.sock']);
  expect(found('SPIRE-NESTED-AGENT', nested('/run/upstream/agent.sock', ''))).toEqual([]);
});

describe('a bundle that a server of another cluster publishes', () => {
  const ENTRY = (cluster: string, key: string): string => `${cluster} = { namespace = "spire-system"
          configmap_name = "root-bundle"
          configmap_key = "${key}"
          format = "pem"
          kubeconfig_path = "/run/spire/data/kubeconfig"
        }`;
  const REMOTE = (key: string, cluster = 'west'): string => changed(SPIRE, ['} }\n      } }\n    }\n    telemetry',
    `}\n        ${ENTRY(cluster, key)}\n        ${ENTRY('other', 'other.pem')} }\n      } }\n    }\n    telemetry`]);
  const west = changed(SPIRE, [/BundlePublisher [^]*?\} \}\n {6}\} \}/, ''], ['configMap: {name: spire-bundle}', 'configMap: {name: root-bundle}'], ['cluster = "demo"', 'cluster = "west"'],
    [/trust_domain = "example.org"/g, 'trust_domain = "west.example.org"']);
  const judged = (root: string): string[] => {
    const engine = new Engine();
    engine.add({ file: 'root/spire.yaml', text: root });
    engine.add({ file: 'west/spire.yaml', text: west });
    return engine.run(RULES.filter(({ id }) => id === 'SPIRE-BUNDLE-FORMAT')).findings.map(({ message }) => message);
  };

  test('fails under another key', () => {
    expect(judged(REMOTE('root.pem'))).toEqual(['the agent reads key "bundle.pem" of root-bundle, the bundle is published as "root.pem"']);
  });

  test('is right under its key, and where it is not told for which cluster', () => {
    expect(judged(REMOTE('bundle.pem'))).toEqual([]);
    expect(judged(REMOTE('bundle.pem', 'unnamed'))).toEqual([]);
  });
});

const AGENT = (mounts: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: a}
data: {agent.conf: 'agent { data_dir = "/data/agent" trust_domain = "example.org" server_address = "a" } plugins { KeyManager "memory" {} }'}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: a}
spec:
  initContainers: [{name: nested-spire-agent, image: "r/agent:1", restartPolicy: Always, args: [-config, /c/agent.conf],
    securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [{name: c, mountPath: /c}${mounts}]}]
  containers: [{name: a, image: "a:1", securityContext: {readOnlyRootFilesystem: true}}]
  volumes: [{name: c, configMap: {name: agent}}, {name: d, emptyDir: {}}]
`;

test('an agent beside others in its pod may be an init container that goes on', () => {
  expect(found('SPIRE-READ-ONLY', AGENT(', {name: d, mountPath: /data/agent}'))).toEqual([]);
  expect(found('SPIRE-READ-ONLY', AGENT(''))).toEqual(['data_dir is /data/agent/: nothing is mounted there, and the root file system is read-only']);
});

test('a port is not compared with one configuration of several', () => {
  const port = changed(fixture('spire.yaml'), ['{name: metrics, containerPort: 9988}', '{name: metrics, containerPort: 9989}']);
  const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: spire-server, namespace: spire-server}\ndata: {}\n';
  expect(found('SPIRE-PORT-UNHEARD', port)).toHaveLength(1);
  expect(found('SPIRE-PORT-UNHEARD', `${port}\n---\n${other}`)).toEqual([]);
});

test('a placeholder of a token is no secret', () => {
  const joined = (token: string): string => AGENT('').replace('trust_domain', `join_token = "${token}" trust_domain`);
  expect(found('SPIRE-SECRET-IN-CONFIG', joined('9c7a2f'))).toEqual(['join_token is written into the configuration']);
  expect(found('SPIRE-SECRET-IN-CONFIG', joined('__JOIN_TOKEN__'))).toEqual([]);
});

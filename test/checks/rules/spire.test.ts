import { SPIRE_RULES } from '../../../src/checks/rules/spire';
import { Case, describeRules, fixture, found, rulesIn } from '../cases';
import { helperPod } from '../fixtures/helper-pod';
import { nested } from '../fixtures/nested-server';
import { certificate, ingress } from '../fixtures/oidc';
import { AGENT, DRIVER, OTHER_MANAGER, REGISTRAR } from '../fixtures/pods';
import { WEBHOOK } from '../fixtures/webhook';

const F = 'spire.yaml';
const H = 'helper.conf';
const READY = 'readinessProbe: {httpGet: {path: /ready, port: 8080}}';
const SERVER_END = '    health_checks {\n      listener_enabled = true';
const ID = '  ttl: 1h\n';

const SOCKET = (value: string): string => 'apiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: apps}\n'
  + `spec: {containers: [{name: app, image: "a:1", env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "${value}"}], volumeMounts: [{name: s, mountPath: /spiffe-workload-api}]}], volumes: [{name: s, emptyDir: {}}]}`;
const MANAGER = '- {name: sockets, mountPath: /run/spire/sockets}\n      volumes:\n      - {name: manager, configMap: {name: spire-controller-manager}}';

const OIDC = 'apiVersion: v1\nkind: Pod\nmetadata: {name: oidc, namespace: spire-server, labels: {app: oidc}}\n'
  + 'spec: {containers: [{name: oidc, image: "ghcr.io/spiffe/oidc-discovery-provider:1.15.3", args: [-config, /c/oidc.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: oidc}}]}';

const entry = (name: string, spec: string) => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterStaticEntry\nmetadata: {name: ${name}}\nspec: {className: spire, ${spec}}`;
const ALIAS = 'spiffeID: spiffe://example.org/nodes, parentID: spiffe://example.org/spire/server, selectors: [k8s_psat:cluster:demo';

const CASES: Case[] = [
  ['SPIRE-SERVER-SOCKET', F, '- {name: sockets, emptyDir: {}}', '- {name: sockets, hostPath: {path: /run/spire/server}}'],
  ['SPIRE-BUNDLE-SUB-PATH', F, 'mountPath: /run/spire/bundle}', 'mountPath: /run/spire/bundle/bundle.pem, subPath: bundle.pem}'],
  ['SPIRE-CLUSTER-ADMIN', F, '', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: all}\nroleRef: {kind: ClusterRole, name: cluster-admin}\n'
    + 'subjects: [{kind: ServiceAccount, name: spire-agent, namespace: spire-system}]'],
  ['SPIRE-CSI-OBJECT', F, 'kind: CSIDriver\n', 'kind: StorageClass\n'],
  ['SPIRE-OIDC-PORT', F, '', ingress('oidc.example.org').replace('targetPort: 8080', 'targetPort: 8081')],
  ['SPIRE-OIDC-CERTIFICATE', F, '', certificate('login.example.org')],
  ['SPIRE-HELPER-UNREAD', F, '', helperPod('/certs')],
  ['SPIRE-OIDC-HOST', F, '', ingress('login.example.org')],
  ['SPIRE-RBAC-WATCH', F, 'endpoints], verbs: [get, list, watch]', 'endpoints], verbs: [get, list]'],
  ['SPIRE-OIDC-KEYS', F, 'insecure_addr = ":8080"', 'insecure_addr = ":8080"\n    jwks_uri = "https://oidc.example.org/jwks"'],
  ['SPIRE-CSI-START', F, '-workload-api-socket-dir, /agent-sockets', '-socket-dir, /agent-sockets'],
  ['SPIRE-PORT-UNHEARD', F, '{name: metrics, containerPort: 9988}', '{name: metrics, containerPort: 9989}'],
  ['SPIRE-KUBELET-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: spire-system}\n'
    + 'spec: {podSelector: {matchLabels: {app: spire-agent}}, policyTypes: [Egress], egress: [{ports: [{port: 8081}]}]}'],
  ['SPIRE-ARGS', F, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: a, image: "ghcr.io/spiffe/spire-agent:1.15.3", args: [run, -config, /a.conf]}]}'],
  ['SPIRE-ATTESTOR', F, 'NodeAttestor "k8s_psat" { plugin_data {\n        cluster', 'NodeAttestor "x509pop" { plugin_data {\n        cluster'],
  ['SPIRE-OPENSHIFT-TTL', F, '', 'apiVersion: operator.openshift.io/v1alpha1\nkind: SpireServer\nmetadata: {name: cluster}\nspec: {defaultX509Validity: 12h}'],
  ['SPIRE-OPENSHIFT', F, '', 'apiVersion: operator.openshift.io/v1alpha1\nkind: SpireAgent\nmetadata: {name: agent}\nspec: {}'],
  ['SPIRE-NO-REATTEST', F, 'NodeAttestor "k8s_psat" { plugin_data {\n        cluster = "demo"\n        token_path = "/run/spire/token/spire-agent"', 'NodeAttestor "join_token" { plugin_data {'],
  ['SPIRE-PORT-TWICE', F, 'port = 9988', 'port = 8080'],
  ['SPIRE-AGENTS-COLLIDE', F, '', AGENT],
  ['SPIRE-CSI-REGISTRATION', F, '      volumes: [{name: sockets, hostPath: {path: /run/spire/agent-sockets}}]', REGISTRAR],
  ['SPIRE-SERVER-SERVICE', F, /kind: Service\n/g, 'kind: Endpoint\n'],
  ['SPIRE-CLIENT-NO-IDENTITY', F, /apiVersion: spire.spiffe.io\/v1alpha1\nkind: ClusterStaticEntry[^]*?---\n([^]*)identity: spire/, '$1identity: none'],
  ['SPIRE-OIDC-CLOSED', F, '', `${OIDC}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: spire-server}\nspec: {podSelector: {matchLabels: {app: oidc}}}`],
  ['SPIRE-BACKEND-CLOSED', F, /"sqlite3"\n.*\n([^]*)policyTypes: \[Ingress\]/, '"postgres"\n        connection_string = "host=db.example.org sslmode=verify-full"\n$1policyTypes: [Ingress, Egress], egress: [{ports: [{port: 443}]}]'],
  ['SPIRE-MANAGERS-CLASS', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nclusterName: demo\ntrustDomain: two.org\nclassName: spire\nentryIDPrefix: two'],
  ['SPIRE-MANAGERS-SHARE', F, /- {name: sockets, mountPath: \/run\/spire\/sockets}\n      volumes:/, `${MANAGER}\n---\n${OTHER_MANAGER}\n---\nrest:`],
  ['SPIRE-NO-API-TOKEN', F, 'serviceAccountName: spire-server', 'automountServiceAccountToken: false\n      serviceAccountName: spire-server'],
  ['SPIRE-AGENT-USER', F, 'hostPID: true', 'hostPID: true\n      securityContext: {runAsNonRoot: true}'],
  ['SPIRE-READ-ONLY', F, '{name: data, mountPath: /run/spire/data}', '{name: data, mountPath: /run/spire/data, readOnly: true}'],
  ['SPIRE-JWT-OFF', F, 'jwt_key_type = "rsa-2048"', 'disable_jwt_svids = true'],
  ['SPIRE-API-OFF', F, 'trust_bundle_path = "/run/spire/bundle/bundle.pem"', 'trust_bundle_path = "/run/spire/bundle/bundle.pem"\n      disable_workload_api = true'],
  ['SPIRE-JWT-ISSUER-FORM', F, 'jwt_issuer = "https://oidc.example.org"', 'jwt_issuer = "oidc.example.org"'],
  ['SPIRE-RBAC-STATUS', F, 'verbs: [update]', 'verbs: [get]'],
  ['SPIRE-ID-MASKED', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: two}\n'
    + 'spec: {className: spire, spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/shop/sa/web", ttl: 2h, workloadSelectorTemplates: ["k8s:ns:{{ .PodMeta.Namespace }}"]}'],
  ['SPIRE-CSI-MOUNT', F, '', DRIVER('true', 'HostToContainer')],
  ['SPIRE-CSI-MOUNT', F, '', DRIVER('false', 'Bidirectional')],
  ['SPIRE-PROBE-COMMAND', F, READY, 'readinessProbe: {exec: {command: [/opt/spire/bin/spire-server, health]}}'],
  ['SPIRE-PROBE-COMMAND', F, READY, 'readinessProbe: {exec: {command: [/opt/spire/bin/spire-agent, healthcheck]}}'],
  ['SPIRE-PROBE-COMMAND', F, READY, 'livenessProbe: {exec: {command: [/opt/spire/bin/spire-server, healthcheck]}}'],
  ['SPIRE-PROBE-COMMAND', F, READY, 'livenessProbe: {exec: {command: [spire-server, healthcheck, -socketPath=/tmp/a.sock]}}'],
  ['SPIRE-PROBE-COMMAND', F, READY, 'livenessProbe: {grpc: {port: 8081}}'],
  ['SPIRE-PROBE-SWAPPED', F, READY, 'livenessProbe: {httpGet: {path: /ready, port: 8080}}'],
  ['SPIRE-PROBE-SWAPPED', F, READY, 'readinessProbe: {httpGet: {path: /live, port: 8080}}'],
  ['SPIRE-SYNTAX', F, 'bind_port = 8081', 'bind_port = ["8081"'],
  ['SPIRE-UNKNOWN-KEY', F, 'default_x509_svid_ttl', 'default_svid_ttl'],
  ['SPIRE-UNKNOWN-KEY', F, 'host = "0.0.0.0"', 'bind_address = "0.0.0.0"'],
  ['SPIRE-REQUIRED-KEY', F, 'data_dir = "/run/spire/data"', ''],
  ['SPIRE-VALUE', F, 'ca_ttl = "24h"', 'ca_ttl = "1d"'],
  ['SPIRE-VALUE', F, 'insecure_addr = ":8080"', 'insecure_addr = ":8080"\n    jwks_uri = "keys"'],
  ['SPIRE-VALUE-IGNORED', F, 'default_bundle_name = "null"', ''],
  ['SPIRE-TRUST-DOMAIN', F, 'trust_domain = "example.org"', 'trust_domain = "Example.org"'],
  ['SPIRE-ID', F, 'spiffe://example.org/admin', 'example.org/admin'],
  ['SPIRE-FEDERATION-CONFIG', F, 'profile "https_spiffe" {}', 'profile "https_web" {}'],
  ['SPIRE-FEDERATION-DOUBTFUL', F, 'profile "https_spiffe" {}', ''],
  ['SPIRE-FEDERATION-DOUBTFUL', F, 'address = "0.0.0.0"\n          port', 'address = "spire.example.org"\n          port'],
  ['SPIRE-TRUST-BUNDLE', F, 'trust_bundle_path = "/run/spire/bundle/bundle.pem"', ''],
  ['SPIRE-SOCKETS', F, '/run/spire/admin/admin.sock', '/run/spire/agent-sockets/admin.sock'],
  ['SPIRE-PLUGINS', F, 'KeyManager "disk"', 'KeyManager "file"'],
  ['SPIRE-PLUGINS', F, 'BundlePublisher "k8s_configmap"', 'WorkloadAttestor "k8s"'],
  ['SPIRE-PLUGIN-DATA', F, 'keys_path = "/run/spire/data/keys.json"', ''],
  ['SPIRE-PLUGIN-DATA', F, 'node_name_env = ', 'kube_config_file = "x"\n        node_name_env = '],
  ['SPIRE-TTL', F, 'default_x509_svid_ttl = "1h"', 'default_x509_svid_ttl = "6h"'],
  ['SPIRE-TELEMETRY', F, 'port = 9988', 'port = 9988\n      tls { cert_file = "a" }'],
  ['SPIRE-HEALTH', F, SERVER_END, `${SERVER_END}\n      live_path = "live"`],
  ['SPIRE-HEALTH-PORT', F, 'bind_port = "8080"', 'bind_port = "health"'],
  ['SPIRE-DEPRECATED', F, 'profile "https_spiffe" {}', 'acme { domain_name = "a.org" email = "a@a.org" tos_accepted = true }'],
  ['SPIRE-LOST-VALUES', F, 'ca_subject { organization', 'ca_subject "x" { organization'],
  ['SPIRE-NOTES', F, 'format = "pem"', 'format = "pem"\n          refresh_hint = "10s"'],
  ['SPIRE-SERVICE-ACCOUNTS', F, '"spire-system:spire-agent"', '"spire-agent"'],
  ['SPIRE-AGENT-NOT-ALLOWED', F, '"spire-system:spire-agent"', '"spire:spire-agent"'],
  ['SPIRE-CLUSTER-NAME', F, 'cluster = "demo"', 'cluster = "prod"'],
  ['SPIRE-CLUSTER-NAME', F, 'clusterName: demo', 'clusterName: prod'],
  ['SPIRE-TOKEN-AUDIENCE', F, 'audience: spire-server', 'audience: vault'],
  ['SPIRE-TOKEN-MISSING', F, '/run/spire/token/spire-agent', '/run/tokens/spire-agent'],
  ['SPIRE-TRUST-DOMAINS-DIFFER', F, 'trustDomain: example.org\n', 'trustDomain: example.com\n'],
  ['SPIRE-CLUSTER-LOCAL', F, 'trust_domain = "example.org"\n      bind', 'trust_domain = "cluster.local"\n      bind'],
  ['SPIRE-HA-SQLITE', F, 'replicas: 1', 'replicas: 3'],
  ['SPIRE-HA-DISK-KEYS', F, /replicas: 1([^]*)volumeClaimTemplates: .*\n/, 'replicas: 3\n  template: {spec: {containers: [{name: spire-server, image: "spire-server:1.15.3", args: [-config, /c/server.conf], '
    + 'volumeMounts: [{name: c, mountPath: /c}, {name: data, mountPath: /run/spire/data}]}], '
    + 'volumes: [{name: c, configMap: {name: spire-server}}, {name: data, persistentVolumeClaim: {claimName: data}}]}}\n'],
  ['SPIRE-MEMORY-KEYS', F, /KeyManager "disk" [^]*?\} \}/, 'KeyManager "memory" { plugin_data {} }'],
  ['SPIRE-STATE-LOST', F, 'sockets, emptyDir: {}}\n  volumeClaimTemplates: [{metadata: {name: data}}]', 'sockets, emptyDir: {}}\n      - {name: data, emptyDir: {}}'],
  ['SPIRE-EXPAND-ENV', F, 'trust_domain = "example.org"\n      server_address', 'trust_domain = "${TD}"\n      server_address'],
  ['SPIRE-EXPAND-ENV-UNSEEN', F, 'jwt_issuer = "https://oidc.example.org"\n    insecure', 'jwt_issuer = "${ISSUER}"\n    insecure'],
  ['SPIRE-SECRET-IN-CONFIG', F, /"sqlite3"\n.*\n/, '"postgres"\n        connection_string = "host=db password=geheim sslmode=verify-full"\n'],
  ['SPIRE-VAULT-TOKEN', F, 'BundlePublisher "k8s_configmap"', 'UpstreamAuthority "vault" { plugin_data { token_auth { token = "$TOKEN" } } }\n      BundlePublisher "k8s_configmap"'],
  ['SPIRE-DB-TLS', F, /"sqlite3"\n.*\n/, '"postgres"\n        connection_string = "host=db sslmode=require"\n'],
  ['SPIRE-K8SBUNDLE', F, 'BundlePublisher "k8s_configmap"', 'Notifier "k8sbundle" { plugin_data { namespace = "spire-system" } }\n      BundlePublisher "k8s_configmap"'],
  ['SPIRE-BUNDLE-NAMESPACE', F, 'namespace = "spire-system"', 'namespace = "istio-system"'],
  ['SPIRE-BUNDLE-DOCUMENT', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  bundle.spiffe: \'{"keys": [{"use": "x509-svid", "kty": "EC", "x5c": []}]}\''],
  ['SPIRE-BUNDLE-FORMAT', F, 'format = "pem"', 'format = "spiffe"'],
  ['SPIRE-BUNDLE-FORMAT', F, 'configmap_key = "bundle.pem"', 'configmap_key = "bundle.crt"'],
  ['SPIRE-BUNDLE-NAME', F, 'configMap: {name: spire-bundle}', 'configMap: {name: bundle}'],
  ['SPIRE-BUNDLE-OWNED', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: spire-bundle, namespace: spire-system}\ndata: {bundle.pem: ""}'],
  ['SPIRE-INSECURE-BOOTSTRAP', F, 'trust_bundle_path = "/run/spire/bundle/bundle.pem"', 'insecure_bootstrap = true'],
  ['SPIRE-AGENT-HOST-PID', F, 'hostPID: true', 'hostPID: false'],
  ['SPIRE-AGENT-NODE-NAME', F, 'name: MY_NODE_NAME, valueFrom', 'name: NODE, valueFrom'],
  ['SPIRE-NODE-NAME-UNSET', F, '- {name: config, configMap: {name: spire-agent}}', '- {name: config, configMap: {name: other}}'],
  ['SPIRE-SKIP-KUBELET', F, 'disable_container_selectors = true', 'skip_kubelet_verification = true'],
  ['SPIRE-DOCKER-ATTESTOR', F, 'WorkloadAttestor "k8s" {', 'WorkloadAttestor "docker" {}\n      WorkloadAttestor "k8s" {'],
  ['SPIRE-DELEGATES', F, 'admin_socket_path = "/run/spire/admin/admin.sock"', 'authorized_delegates = ["spiffe://example.org/x"]'],
  ['SPIRE-AVAILABILITY', F, 'server_port = 8081', 'server_port = 8081\n      availability_target = "24h"'],
  ['SPIRE-VERSION-SKEW', F, 'spire-agent:1.15.3', 'spire-agent:1.16.0'],
  ['SPIRE-VERSION-SKEW', F, 'spire-agent:1.15.3', 'spire-agent:1.13.0'],
  ['SPIRE-OLD-IMAGE', F, 'spire-agent:1.15.3', 'spire-agent:1.8.0'],
  ['SPIRE-SERVER-ADDRESS', F, '"spire-server.spire-server.svc"', '"spire.spire-server.svc"'],
  ['SPIRE-SERVER-ADDRESS', F, 'server_port = 8081', 'server_port = 443'],
  ['SPIRE-SERVER-ADDRESS', F, '"spire-server.spire-server.svc"', '"spire-server.spire-system.svc"'],
  ['SPIRE-SOCKET-NOT-SHARED', F, /agent-sockets\/socket([^]*)spiffe-csi-driver:/, 'public/socket$1other-driver:'],
  ['SPIRE-SERVER-ADDRESS', F, 'name: spire-server, namespace: spire-server}\nspec: {selector: {app: spire-server}', 'name: spire-server, namespace: spire-server}\nspec: {selector: {app: server}'],
  ['SPIRE-SOCKET-EMPTY-DIR', F, /(      volumes:\n      - {name: config, configMap: {name: spire-agent}}[^]*?)hostPath: {path: [^}]*}/,
    '      - {name: driver, image: "ghcr.io/spiffe/spiffe-csi-driver:0.2.12", args: [-workload-api-socket-dir, /s], volumeMounts: [{name: sockets, mountPath: /s}]}\n$1emptyDir: {}'],
  ['SPIRE-SOCKET-FOLDER', F, '{path: /run/spire/agent-sockets}}]', '{path: /run/spire/sockets}}]'],
  ['SPIRE-SOCKET-NOT-SHARED', F, '/run/spire/agent-sockets/socket', '/run/spire/public/socket'],
  ['SPIRE-ID-TTL-SHORT', F, ID, '  ttl: 500ms\n'],
  ['SPIRE-ID-TTL-SHORT', F, 'x509SVIDTTL: 1h', 'x509SVIDTTL: 30s'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: Is, values: [spire]}]}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: In}]}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: Exists, values: [spire]}]}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchLabels: {identity: "of spire"}}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: In, values: [of spire]}]}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: {key: identity, operator: Exists}}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: In, values: [true]}]}'],
  ['SPIRE-ID-SELECTOR', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchExpressions: [{key: identity, operator: Exists, value: a}]}'],
  ['SPIRE-ID-TYPE', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: web'],
  ['SPIRE-ID-TYPE', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: [{matchLabels: {identity: spire}}]'],
  ['SPIRE-ID-TYPE', F, 'federatesWith: [partner.org]', 'federatesWith: [partner.org, 5]'],
  ['SPIRE-ID-TYPE', F, ID, `${ID}  admin: "true"\n`],
  ['SPIRE-ID-TYPE', F, 'federatesWith: [partner.org]', 'federatesWith: partner.org'],
  ['SPIRE-ID-TYPE', F, 'kind: ClusterSPIFFEID\nmetadata: {name: web}', 'kind: ClusterSPIFFEID\nmetadata: {name: Web}'],
  ['SPIRE-MANAGER-IGNORED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    webhook: {port: 9444}'],
  ['SPIRE-MANAGER-IGNORED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    gracefulShutDown: 30s'],
  ['SPIRE-MANAGER-IGNORED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    controller: {recoverPanic: true}'],
  ['SPIRE-MANAGER-IGNORED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    staticManifestPath: /m\n    leaderElection: {leaderElect: true, resourceName: a}'],
  ['SPIRE-ID-CONTAINER-SELECTOR', F, 'k8s:ns:{{ .PodMeta.Namespace }}', 'k8s:container-name:web'],
  ['SPIRE-NESTED-TTL', F, '', `apiVersion: v1
kind: ConfigMap
metadata: {name: nested, namespace: nested}
data:
  server.conf: |
    server { trust_domain = "example.org" data_dir = "/d" ca_ttl = "24h" }
    plugins { UpstreamAuthority "spire" { plugin_data {} } }`],
  ['SPIRE-AGENT-DNS', F, 'hostPID: true', 'hostPID: true\n      hostNetwork: true'],
  ['SPIRE-REGISTRAR', F, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "gcr.io/spiffe-io/k8s-workload-registrar:1.5.4"}]}'],
  ['SPIRE-TOKEN-AUDIENCE', F, 'audience = ["spire-server"]', 'audience = []'],
  ['SPIRE-VALUE-IGNORED', F, 'ca_ttl = "24h"', 'ca_ttl = "24h"\n      prune_tofu_nodes = true'],
  ['SPIRE-SOCKET-NAME-UNSEEN', F, '', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio}\nspec: {meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: other}}}}'],
  ['SPIRE-SOCKET-NAME', 'mesh.yaml', '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {agent.conf: \'agent { trust_domain = "example.org" socket_path = "/a/api.sock" }\'}'],
  ['SPIRE-CONFIG-PATH', F, '/run/spire/config/agent.conf', '/etc/spire/agent.conf'],
  ['SPIRE-CONFIG-PATH', F, '/run/spire/config/agent.conf', '/run/spire/config/spire.conf'],
  ['SPIRE-SHARED-KEYS', F, /replicas: 1([^]*?)(\n *)- {name: sockets, emptyDir: {}}([^]*?)volumeClaimTemplates: .*/, 'replicas: 2$1$2- {name: data, persistentVolumeClaim: {claimName: data}}$2- {name: sockets, emptyDir: {}}$3'],
  ['SPIRE-STATE-ON-IMAGE', F, '{name: data, mountPath: /run/spire/data}', '{name: data, mountPath: /data}'],
  ['SPIRE-PROBE', F, 'path: /ready, port: 8080', 'path: /ready, port: 80'],
  ['SPIRE-PROBE', F, 'path: /ready, port: 8080', 'path: /healthz, port: 8080'],
  ['SPIRE-PROBE', F, 'bind_address = "0.0.0.0"\n      bind_port', 'bind_port'],
  ['SPIRE-RBAC', F, 'resources: [tokenreviews]', 'resources: [tokenreview]'],
  ['SPIRE-RBAC', F, 'verbs: [patch, create]', 'verbs: [update]'],
  ['SPIRE-JWT-ISSUER', F, 'jwt_issuer = "https://oidc.example.org"\n    insecure', 'jwt_issuer = "https://oidc.example.com"\n    insecure'],
  ['SPIRE-JWT-ISSUER-UNSET', F, 'jwt_issuer = "https://oidc.example.org"\n      jwt_key', 'jwt_key'],
  ['SPIRE-OIDC-KEY-TYPE', F, 'jwt_key_type = "rsa-2048"', ''],
  ['SPIRE-METRICS-LOCALHOST', F, /host = "0.0.0.0"\n([^]*)metadata: \{labels: \{app: spire-server\}\}/,
    '\n$1metadata: {labels: {app: spire-server}, annotations: {prometheus.io/scrape: "true"}}'],
  ['SPIRE-MANAGER-CONFIG', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    healthProbe: {}'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'gcInterval: 10s'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'gcInterval: 10'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'staticManifestPath: /m\n    reconcile: {clusterSPIFFEIDs: true}'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'staticManifestPath: /m\n    leaderElection: {leaderElect: true, resourceName: a}'],
  ['SPIRE-MANAGER-VALUE', F, 'clusterName: demo', 'clusterName: 5'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    watchClassless: "true"'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    entryIDPrefixCleanup: demo.'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    logLevel: trace'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    logEncoding: text'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    ignoreNamespaces: ["(?=kube)"]'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    validatingWebhookConfigurationName: ""'],
  ['SPIRE-MANAGER-VALUE', F, /apiVersion: spire.spiffe.io\/v1alpha1\n    kind: ControllerManagerConfig/, 'apiVersion: spire.spiffe.io/v1beta1\n    kind: ControllerManagerConfig'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'gcInterval: 0'],
  ['SPIRE-MANAGER-VALUE', F, 'gcInterval: 10000000000', 'staticManifestPath: ""'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    cacheNamespace: a\n    cacheNamespaces: {b: {}}'],
  ['SPIRE-MANAGER-VALUE', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    leaderElection: {leaderElect: true, resourceName: a, renewDeadline: 1m}'],
  ['SPIRE-MANAGER-PREFIX', F, 'entryIDPrefix: demo', 'logLevel: info'],
  ['SPIRE-MANAGERS-FIGHT', F, '', 'kind: ControllerManagerConfig\napiVersion: spire.spiffe.io/v1alpha1\nclusterName: demo\ntrustDomain: example.org\nspireServerSocketPath: /run/spire/sockets/api.sock'],
  ['SPIRE-MANAGER-SOCKET', F, 'spireServerSocketPath: /run/spire/sockets/api.sock', 'spireServerSocketPath: /run/spire/api.sock'],
  ['SPIRE-CLASS-NAME', F, 'className: spire\n  spiffeIDTemplate', 'spiffeIDTemplate'],
  ['SPIRE-ID-FIELDS', F, 'matchLabels: {kubernetes.io/metadata.name: shop}', 'matchNames: [shop]'],
  ['SPIRE-ID-FIELDS', F, ID, '  jwtTTL: 1h\n'],
  ['SPIRE-ID-TTL', F, ID, '  ttl: 3600\n'],
  ['SPIRE-ID-TTL', F, 'x509SVIDTTL: 1h', 'x509SVIDTTL: 1d'],
  ['SPIRE-ID-TTL-CA', F, ID, '  ttl: 12h\n'],
  ['SPIRE-ID-TEMPLATE', F, '/sa/{{ .PodSpec.ServiceAccountName }}\n', '/sa/{{ .PodSpec.ServiceAccountName\n'],
  ['SPIRE-ID-TEMPLATE', F, '/sa/{{ .PodSpec.ServiceAccountName }}\n', '/sa/{{ .Pod.Name }}\n'],
  ['SPIRE-ID-TEMPLATE', F, 'spiffe://{{ .TrustDomain }}/ns', 'spiffe://example.com/ns'],
  ['SPIRE-ID-TEMPLATE', F, '"k8s:ns:{{ .PodMeta.Namespace }}"', '"shop"'],
  ['SPIRE-ID-LABEL', F, '"{{ .PodSpec.ServiceAccountName }}.example.org"', '"{{ .PodMeta.Labels.app }}.example.org"'],
  ['SPIRE-ID-DNS', F, '"{{ .PodSpec.ServiceAccountName }}.example.org"', '"a b"'],
  ['SPIRE-ID-WILDCARD-DNS', F, '"{{ .PodSpec.ServiceAccountName }}.example.org"', '"*.example.org"'],
  ['SPIRE-ID-POD-DNS', F, '"{{ .PodSpec.ServiceAccountName }}.example.org"', '"{{ .PodMeta.Name }}.{{ .PodMeta.Namespace }}.svc.cluster.local"'],
  ['SPIRE-ID-NAMESPACE-LABEL', F, 'matchLabels: {kubernetes.io/metadata.name: shop}', 'matchExpressions: [{key: name, operator: NotIn, values: [kube-system]}]'],
  ['SPIRE-ID-ADMIN', F, ID, '  ttl: 1h\n  admin: true\n'],
  ['SPIRE-ID-MESH-FORM', F, /\/ns\/\{\{ \.PodMeta\.Namespace \}\}\/sa\/.*\n([^]*)podSelector: \{matchLabels: \{identity: spire\}\}/, '/app/{{ .PodSpec.ServiceAccountName }}\n  podSelector: {matchLabels: {istio: ingressgateway}}\n'],
  ['SPIRE-ID-SELECTS-NOTHING', F, 'matchLabels: {identity: spire}', 'matchLabels: {identity: spiffe}'],
  ['SPIRE-ID-OVERLAP', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: two}\nspec: {className: spire, spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/two", podSelector: {matchLabels: {app: web}}}'],
  ['SPIRE-ID-EVERYTHING', F, /  podSelector: .*\n  namespaceSelector: .*\n/, ''],
  ['SPIRE-ID-ISTIOD', F, 'matchLabels: {identity: spire}', 'matchLabels: {app: istiod}'],
  ['SPIRE-ID-TLS-MODE', F, 'matchLabels: {identity: spire}', 'matchLabels: {security.istio.io/tlsMode: istio}'],
  ['SPIRE-NESTED-AGENT', F, '', nested('/run/other.sock', '{}')],
  ['SPIRE-UPSTREAM-CLOSED', F, '', nested('/run/upstream/agent.sock', '{ports: [{port: 443}]}')],
  ['SPIRE-NODE-ALIAS', F, '', entry('nodes', `${ALIAS.replace(':demo', ':other')}]`)],
  ['SPIRE-NODE-ALIAS', F, '', entry('nodes', `${ALIAS}, k8s_psat:agent_ns:default]`)],
  ['SPIRE-PARENT-UNKNOWN', F, '', `${entry('nodes', `${ALIAS}]`)}\n---\n${entry('job', 'spiffeID: spiffe://example.org/job, parentID: spiffe://example.org/node, selectors: [unix:uid:1]')}`],
  ['SPIRE-STATIC-ENTRY', F, 'selectors: [unix:uid:1000]', 'selectors: []'],
  ['SPIRE-STATIC-ENTRY', F, 'spiffe://example.org/vm', 'spiffe://example.com/vm'],
  ['SPIRE-BUNDLE-FORMAT', F, 'configMap: {name: spire-bundle}', 'configMap: {name: spire-bundle, items: [{key: bundle.crt, path: bundle.pem}]}'],
  ['SPIRE-BUNDLE-FORMAT', F, 'configMap: {name: spire-bundle}', 'configMap: {name: spire-bundle, items: [{key: bundle.pem, path: ca.pem}]}'],
  ['SPIRE-FILE-MISSING', F, 'name: bundle, mountPath: /run/spire/bundle', 'name: bundle, mountPath: /run/spire/trust'],
  ['SPIRE-FILE-MISSING', F, 'BundlePublisher "k8s_configmap"', 'UpstreamAuthority "disk" { plugin_data { cert_file_path = "/ca/tls.crt" key_file_path = "/ca/tls.key" } }\n      BundlePublisher "k8s_configmap"'],
  ['SPIRE-TOKEN-MISSING', F, 'serviceAccountToken: {path: spire-agent', 'serviceAccountToken: {path: token'],
  ['SPIRE-SOCKET-CLIENT', F, 'volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]', 'env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spiffe-workload-api/agent.sock"}]\n        volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]'],
  ['SPIRE-SOCKET-CLIENT', F, 'volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]', 'env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///run/spire/socket"}]\n        volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]'],
  ['SPIRE-PARENT-ID', F, 'audience = ["spire-server"]', 'audience = ["spire-server"]\n          use_pod_uid_for_agent_id = true'],
  ['SPIRE-ID-TYPE', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchLabels: {identity: true}}'],
  ['SPIRE-ID-TYPE', F, 'podSelector: {matchLabels: {identity: spire}}', 'podSelector: {matchLabels: [{identity: spire}]}'],
  ['SPIRE-ID-FIELDS', F, 'metadata: {name: web}\nspec:\n  className', 'metadata: {name: web}\nttl: 1h\nspec:\n  className'],
  ['SPIRE-ID-DNS', F, '"{{ .PodSpec.ServiceAccountName }}.example.org"', '"*.example.org", "{{ .PodSpec.ServiceAccountName }}.example.org"'],
  ['SPIRE-ID-OVERLAP', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: two}\nspec: {className: spire, spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/{{ .PodMeta.Name }}", podSelector: {matchLabels: {app: web}}}'],
  ['SPIRE-ID-SELECTS-NOTHING', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    ignoreNamespaces: [sh]'],
  ['SPIRE-ID-SELECTS-NOTHING', F, /identity: spire\}\}\n  namespaceSelector: .*/, 'identity: spiffe}}\n  namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}'],
  ['SPIRE-CONFIG-PATH', F, 'image: ghcr.io/spiffe/spire-controller-manager:0.6.6', 'image: ghcr.io/spiffe/spire-controller-manager:0.6.6\n        args: [--config=manager.yaml]'],
  ['SPIRE-MANAGER-VALUE', F, /    apiVersion: spire.spiffe.io\/v1alpha1\n    kind: ControllerManagerConfig\n([^]*)gcInterval: 10000000000/, '$1ignoreNamespaces: [kube-system]\n    gcInterval: 10s'],
  ['SPIRE-RBAC', F, /- {name: sockets, mountPath: \/run\/spire\/sockets}\n      volumes:/, `${MANAGER}\n---\nrest:`],
  ['SPIRE-SOCKET-NOT-SHARED', F, '[-config, /run/spire/config/agent.conf]', '[-config, /run/spire/config/agent.conf, -socketPath, /tmp/agent.sock]'],
  ['SPIRE-KEY-DROPPED', F, 'keys_path = "/run/spire/data/keys.json"', 'keys_path = "/run/spire/data/keys.json"\n        rotate = "1h"'],
  ['SPIRE-KEY-DROPPED', F, 'audience = ["spire-server"]', 'audience = ["spire-server"]\n          use_token_review_api_validation = true'],
  ['SPIRE-KEY-DROPPED', F, 'ca_ttl = "24h"', 'ca_ttl = "24h"\n      experimental { cache_reload = "5s" }'],
  ['SPIRE-KEY-DROPPED', F, 'KeyManager "memory" { plugin_data {} }', 'KeyManager "memory" { plugin_date {} }'],
  ['SPIRE-KEY-DROPPED', F, 'insecure_addr = ":8080"', 'insecure_addr = ":8080"\n    log_requets = true'],
  ['SPIRE-LOST-VALUES', F, 'ca_ttl = "24h"', 'ca_ttl = "24h"\n      ca_ttl = "48h"'],
  ['SPIRE-LOST-VALUES', F, '    telemetry { Prometheus {', '    plugins {}\n    telemetry { Prometheus {'],
  ['SPIRE-VALUE-IGNORED', F, 'socket_path = "/run/spire/agent-sockets/socket"', 'socket_path = "unix:///run/spire/agent-sockets/socket"'],
  ['SPIRE-VALUE', F, 'bind_port = 8081', 'bind_address = "0.0.0.0:8081"\n      bind_port = 8081'],
  ['SPIRE-REQUIRED-KEY', F, /    agent \{[^]*?\n    \}\n/, ''],
  ['SPIRE-HA-SQLITE', F, '', 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a, namespace: spire-server}\nspec: {maxReplicas: 3, scaleTargetRef: {kind: StatefulSet, name: spire-server}}'],
  ['SPIRE-TRUST-DOMAINS-DIFFER', F, '[-config, /run/spire/config/agent.conf]', '[-config, /run/spire/config/agent.conf, -trustDomain, example.com]'],
  ['SPIRE-SERVER-ADDRESS', F, '[-config, /run/spire/config/agent.conf]', '[-config, /run/spire/config/agent.conf, -serverPort=9000]'],
  ['SPIRE-VAULT-ENV', F, /BundlePublisher "k8s_configmap"([^]*?)args: \[-config, \/run\/spire\/config\/server.conf\]/,
    'UpstreamAuthority "vault" { plugin_data { vault_addr = "https://vault" } }\n      BundlePublisher "k8s_configmap"$1env: [{name: VAULT_ADDR, value: "https://other"}]\n        args: [-config, /run/spire/config/server.conf]'],
  ['SPIRE-WEBHOOK', F, '', WEBHOOK.replace('targetPort: 9443', 'targetPort: 8443')],
  ['SPIRE-WEBHOOK', F, '', WEBHOOK.replace('targetPort: 9443', 'targetPort: webhook')],
  ['SPIRE-WEBHOOK', F, '', WEBHOOK.replace('port: 443', 'port: 9443')],
  ['SPIRE-WEBHOOK', F, '', WEBHOOK.replace('{app: spire-server}', '{app: manager}')],
  ['SPIRE-WEBHOOK', F, '', WEBHOOK.replace('{name: webhook, namespace: spire-server}\nspec', '{name: webhook, namespace: spire-system}\nspec')],
  ['SPIRE-WEBHOOK', F, /- {name: sockets, mountPath: \/run\/spire\/sockets}\n      volumes:/, `${MANAGER}\n---\n${WEBHOOK.replace('spire-controller-manager-webhook', 'other')}\n---\nrest:`],
  ['SPIRE-NOT-RECONCILED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    reconcile: {clusterStaticEntries: true}'],
  ['SPIRE-NOT-RECONCILED', F, 'entryIDPrefix: demo', 'entryIDPrefix: demo\n    staticManifestPath: /manifests'],
  ['SPIRE-SOCKET-FOLDER', F, '-workload-api-socket-dir, /agent-sockets]', '-workload-api-socket-dir, /sockets]'],
  ['SPIRE-SOCKET-FOLDER', F, '-workload-api-socket-dir, /agent-sockets]', '--workload-api-socket-dir=/sockets]'],
  ['SPIRE-SOCKET-FOLDER', F, 'mountPath: /agent-sockets}]\n      volumes: [{name: sockets, hostPath: {path: /run/spire/agent-sockets}}]', 'mountPath: /agent-sockets}]\n      volumes: [{name: sockets, emptyDir: {}}]'],
  ['SPIRE-SOCKET-FOLDER', F, '-workload-api-socket-dir, /agent-sockets]', '-socket-dir, /agent-sockets]'],
  ['SPIRE-HELPER', H, 'cert_dir', 'certDir'],
  ['SPIRE-HELPER', H, 'jwt_audience = "vault"', ''],
  ['SPIRE-HELPER', H, '"/spiffe-workload-api/', '"unix:///spiffe-workload-api/'],
  ['SPIRE-HELPER', H, 'svid_key_file_name = "tls.key"\n', ''],
  ['SPIRE-HELPER-IGNORED', H, 'listener_enabled = true', 'listener_enabled = true\n  live_path = "/live"'],
  ['SPIRE-SECRET-IN-FILE', 'server.conf', 'user=spire', 'user=spire password=geheim'],
  ['SPIRE-SECRET-IN-CONFIG', F, '', 'apiVersion: operator.openshift.io/v1alpha1\nkind: SpireServer\nmetadata: {name: cluster}\nspec: {datastore: {databaseType: postgres, connectionString: "dbname=spire user=spire password=geheim host=db"}}'],
  ['SPIRE-NO-IDENTITY', F, /apiVersion: spire.spiffe.io\/v1alpha1\nkind: ClusterStaticEntry[^]*?---\n([^]*)containers:\n      - name: web/,
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata: {annotations: {inject.istio.io/templates: "sidecar,spire"}}\n    spec:\n      containers:\n      - name: web'],
  ['SPIRE-AGENT-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: spire-system}\nspec: {podSelector: {}, policyTypes: [Egress]}'],
  ['SPIRE-API-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: spire-server}\nspec: {podSelector: {}, policyTypes: [Egress]}'],
  ['SPIRE-SERVER-HTTP', F, '', `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: spire-server}
spec: {defaultBackend: {service: {name: spire-server, port: {number: 8081}}}}`],
  ['SPIRE-SERVER-CLOSED', F, 'ports: [{port: 8081}], from', 'ports: [{port: 8080}], from'],
  ['SPIRE-DB-READ-ONLY', F, 'connection_string = "/run/spire/data/datastore.sqlite3"', 'connection_string = "host=spire-ro.db sslmode=verify-full"'],
  ['SPIRE-OIDC-PLAIN', F, '', 'apiVersion: v1\nkind: Service\nmetadata: {name: oidc, namespace: spire-server}\nspec: {type: LoadBalancer, ports: [{port: 80, targetPort: 8080}]}'],
  ['SPIRE-ENDPOINT-SOCKET', F, '', SOCKET('/spiffe-workload-api/spire-agent.sock')],
  ['SPIRE-SOCKET-CLIENT', F, '', SOCKET('unix:///run/spire/sockets/agent.sock')],
  ['SPIRE-ID-OVERLAP', F, /^[^]*?---\n(apiVersion: spire.spiffe.io\/v1alpha1\nkind: ClusterSPIFFEID[^]*?---\n)[^]*(---\napiVersion: apps\/v1\nkind: Deployment[^]*)$/,
    '$1apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: two}\nspec: {className: spire, spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/other"}\n$2'],
  ['SPIRE-VAULT-PLAIN', F, '      KeyManager "disk"', '      UpstreamAuthority "vault" { plugin_data { vault_addr = "http://vault.vault:8200" } }\n      KeyManager "disk"'],
  ['SPIRE-AGENT-NODES', F, '      serviceAccountName: spiffe-csi-driver', '      nodeSelector: {pool: apps}\n      serviceAccountName: spiffe-csi-driver'],
  ['SPIRE-FOLDER-OF-ROOT', F, '      serviceAccountName: spire-agent\n', '      securityContext: {runAsUser: 1000}\n      serviceAccountName: spire-agent\n'],
  ['SPIRE-ROLLING-SQLITE', F, '', "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata: {server.conf: 'server { trust_domain = \"example.org\" } plugins { DataStore \"sql\" { "
    + "plugin_data { database_type = \"sqlite3\" } } }'}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: a}\nspec: {template: {spec: {containers: [{name: a, "
    + 'image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: c}}, '
    + '{name: d, persistentVolumeClaim: {claimName: d}}]}}}'],
  ['SPIRE-ADMIN-SOCKET', F, '        image: ghcr.io/spiffe/spire-controller-manager:0.6.6', '        image: docker.io/library/busybox:1.37'],
];

// those that look at two clusters have their cases in nested-twins.slow.ts
describeRules(SPIRE_RULES.filter(({ id }) => !['SPIRE-NESTED-ROOT', 'SPIRE-NESTED-RIGHTS'].includes(id)), CASES);

test('a nested server that agrees with the agent beside it is right', () => {
  const text = [nested('/run/upstream/agent.sock', '{ports: [{port: 8081}]}'), entry('nodes', `${ALIAS}]`)].join('\n---\n');
  expect(found(/^SPIRE-.*(NESTED|UPSTREAM|NODE-ALIAS|PARENT-UNKNOWN)/, `${fixture(F)}---\n${text}\n`)).toEqual([]);
});

test.each([
  ['mounts its sockets elsewhere', '/sockets/upstream/agent.sock', 'mountPath: /run}]}', 'mountPath: /sockets}]}'],
  ['mounts nothing that is seen', '/run/other.sock', ', volumeMounts: [{name: sockets, mountPath: /run}]', ''],
  ['calls the root without its namespace', '/run/upstream/agent.sock', 'server_address = "root.example.org"\n        server_port', 'server_address = "root"\n        server_port'],
])('a nested server may agree with its agent where it %s', (_, socket, from, to) => {
  const text = nested(socket, '{ports: [{port: 8081}]}');
  expect(text).toContain(from);
  expect(found(/^SPIRE-.*(NESTED|UPSTREAM)/, `${fixture(F)}---\n${text.replace(from, to)}\n`)).toEqual([]);
});

test('a port out of the environment may be open', () => {
  const text = nested('/run/upstream/agent.sock', '{ports: [{port: 8081}]}').replace('server_port = "8081"', 'server_port = "$PORT"');
  expect(found('SPIRE-UPSTREAM-CLOSED', `${fixture(F)}---\n${text}\n`)).toEqual([]);
});

test('a probe may ask for a socket out of the environment', () => {
  const text = fixture(F).replace('socket_path = ', 'socket_path = "${SOCKET}"\n      # ').replace(READY, 'livenessProbe: {exec: {command: [spire-server, healthcheck, -socketPath=/tmp/a.sock]}}');
  const expanded = text.replace('args: [-config', 'env: [{name: SOCKET, valueFrom: {configMapKeyRef: {name: a, key: b}}}]\n        args: [-expandEnv, -config');
  expect(expanded).not.toBe(text);
  expect(found('SPIRE-PROBE-COMMAND', expanded)).toEqual([]);
});

describe('no finding', () => {
  const spire = fixture(F);

  test('for a webhook that leads to the controller manager', () => {
    expect(rulesIn(`${spire}---\n${WEBHOOK}`)).toEqual([]);
    expect(rulesIn(`${spire}---\n${WEBHOOK.replace('targetPort: 9443', 'targetPort: webhook')}`.replace('ports: [{name: metrics', 'ports: [{name: webhook, containerPort: 9443}, {name: metrics'))).toEqual([]);
  });

  test('for webhooks of others', () => {
    expect(rulesIn(`${spire}---\n${WEBHOOK.replace('[spire.spiffe.io]', '[apps]').replace(/, path: [^}]*/, '').replace('targetPort: 9443', 'targetPort: 8443')}`)).toEqual([]);
  });

  test('for objects of another cluster\'s controller manager', () => {
    const child = spire.replace(/(kind: ClusterSPIFFEID[^]*?className: )spire/, '$1root').replace('spire-server.spire-server.svc', 'spire.root.example.com').replace(/ClusterStaticEntry/, 'X');
    expect(rulesIn(child)).not.toContain('SPIRE-CLASS-NAME');
    expect(rulesIn(child.replace('spire.root.example.com', 'spire-server.spire-server.svc'))).toContain('SPIRE-CLASS-NAME');
  });

  test('for the rights of a controller manager that reads files', () => {
    const mounted = spire.replace(/- \{name: sockets, mountPath: \/run\/spire\/sockets\}\n      volumes:/, MANAGER);
    const statically = mounted.replace('entryIDPrefix: demo', 'entryIDPrefix: demo\n    staticManifestPath: /manifests').replace(/- \{apiGroups: \[spire.spiffe.io\].*\n/, '');
    expect(rulesIn(statically)).not.toContain('SPIRE-RBAC');
    expect(rulesIn(statically.replace('staticManifestPath: /manifests', 'logLevel: info'))).toContain('SPIRE-RBAC');
  });

  test('for an old spiffe-helper, which had other keys', () => {
    const helper = (version: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: helper, namespace: apps}
data: {helper.conf: 'agentAddress = "/run/x.sock"'}
---
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: apps}
spec: {containers: [{name: helper, image: "ghcr.io/spiffe/spiffe-helper:${version}", args: [-config, /etc/helper.conf], volumeMounts: [{name: c, mountPath: /etc}]}], volumes: [{name: c, configMap: {name: helper}}]}`;
    expect(rulesIn(helper('0.8.0'))).not.toContain('SPIRE-HELPER');
    expect(rulesIn(helper('0.11.0'))).toContain('SPIRE-HELPER');
  });

  test('for settings that are given as arguments', () => {
    const bare = spire.replace('trust_domain = "example.org"\n      server_address', 'server_address');
    expect(rulesIn(bare)).toContain('SPIRE-REQUIRED-KEY');
    expect(rulesIn(bare.replace('config/agent.conf]', 'config/agent.conf, -trustDomain, example.org]'))).toEqual([]);
  });

  test('for a workload that looks for the socket where it is', () => {
    const named = spire.replace('volumeMounts: [{name: spiffe', 'env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spiffe-workload-api/socket"}]\n        volumeMounts: [{name: spiffe');
    expect(named).not.toBe(spire);
    expect(rulesIn(named)).toEqual([]);
  });

  test('of the second kind for a configuration that cannot be read', () => {
    expect(rulesIn(spire.replace('bind_port = 8081', 'bind_port = ['))).toEqual(['SPIRE-SYNTAX']);
    expect(rulesIn(spire.replace('KeyManager "disk"', 'BundlePublisher "k8s_configmap" {}\n      KeyManager "disk"'))).toEqual(['SPIRE-PLUGINS']);
  });
});

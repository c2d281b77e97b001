import { ECOSYSTEM } from './ecosystem-cases';
import { CILIUM_RULES } from '../../../src/checks/rules/cilium';
import { HELM_RULES } from '../../../src/checks/rules/helm';
import { LINKERD_RULES } from '../../../src/checks/rules/linkerd';
import { OBS_RULES } from '../../../src/checks/rules/obs';
import { OPS_RULES } from '../../../src/checks/rules/ops';
import { Case, check, describeRules, fixture, found } from '../cases';

const F = 'operations.yaml';
const S = 'spire.yaml';
const C = 'sidecar.yaml';
const V = 'values.yaml';
const DUMP = 'command: [pg_dump, -Fc, -f, /dump/spire.dump]';

const EXTERNAL = (field: string, identity: string): string => `apiVersion: workload.linkerd.io/v1beta1\nkind: ExternalWorkload\nmetadata: {name: vm}\nspec: {${field}: {identity: "${identity}"}, workloadIPs: [{ip: 10.0.0.1}]}`;
const VAULT = (kind: string, spec: string): string => `apiVersion: redhatcop.redhat.io/v1alpha1\nkind: JWTOIDCAuthEngine${kind}\nmetadata: {name: a}\nspec: ${spec}`;
const JWT = (url: string, audiences: string, prefix: string): string => 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n'
  + `jwt: [{issuer: {url: "${url}", audiences: ${audiences}}, claimMappings: {username: {claim: sub, prefix: ${prefix}}}}]`;

const LATE_PROXY = ', sidecar.istio.io/nativeSidecar: "false"';
const OLD_ISTIO = 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec: {version: v1.26.3, namespace: istio-system}\n---\n';
const NO_NATIVE = 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec: {values: {pilot: {env: {ENABLE_NATIVE_SIDECARS: "false"}}}}\n---\n';
const VAULT_AGENT = (annotations: string): string => `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: pay, labels: {sidecar.istio.io/inject: "true"}, annotations: {vault.hashicorp.com/agent-inject: "true"${annotations}}}
spec: {containers: [{name: a, image: "registry.example.org/a:1"}]}`;

const RULE = (rule: string): string => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: b}\nspec: {groups: [{name: a, rules: [${rule}]}]}`;
const WAVE = (wave: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {argocd.argoproj.io/sync-wave: ${wave}}}`;
const FLUX = (name: string, after: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {dependsOn: [{name: ${after}}]}\n`;
const CERTIFICATE = (spec: string): string => `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: a, issuerRef: {name: a}, ${spec}}`;

const BINDING = (subject: string): string => `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: a}\nroleRef: {kind: Role, name: a}\nsubjects: [${subject}]`;
const NETWORK = (peer: string): string => `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: b, namespace: a}\nspec: {podSelector: {}, ingress: [{from: [${peer}]}]}`;

const DEPLOYMENT = (name: string, labels: string, pod: string, spec = ''): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\n`
  + `spec: {${spec}selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}, spec: {${pod}}}}\n---\n`;
const WEB = 'containers: [{name: a, image: "a:1", resources: {}, securityContext: {}, readinessProbe: {}}]';
const IN_SHOP = (version: string, kind: string, spec: string, name = 'a'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n${spec}\n---\n`;

const VAULT_SVID = (path: string, audience: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: va, namespace: shop}
data:
  helper.conf: |
    agent_address = "/spiffe/socket"
    cert_dir = "/run/svid"
    jwt_svids = [{ jwt_audience = "${audience}" jwt_svid_file_name = "a.jwt" }]
  agent.hcl: |
    auto_auth {
      method "jwt" {
        mount_path = "auth/jwt"
        config = { path = "${path}" role = "app" }
      }
      sink "file" { config = { path = "/token" } }
    }
  set-up.sh: vault write auth/jwt/role/app role_type=jwt user_claim=sub bound_audiences=vault,other-vault bound_subject=spiffe://example.org/ns/shop/sa/a
---
apiVersion: v1
kind: Pod
metadata: {name: va, namespace: shop}
spec:
  containers:
  - {name: helper, image: "ghcr.io/spiffe/spiffe-helper:0.11.0", args: [-config, /etc/helper/helper.conf], volumeMounts: [{name: c, mountPath: /etc/helper}, {name: svid, mountPath: /run/svid}, {name: s, mountPath: /spiffe}]}
  - {name: vault, image: "hashicorp/vault:1.21.4", args: [agent, -config=/etc/vault/agent.hcl], volumeMounts: [{name: c, mountPath: /etc/vault}, {name: svid, mountPath: /svid}]}
  volumes: [{name: c, configMap: {name: va}}, {name: svid, emptyDir: {}}, {name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]`;

const SPIRE_RELEASES = (more: string): string => ['spire-crds', 'spire'].map(chart => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${chart}, namespace: flux}
spec: {releaseName: ${chart === 'spire' ? 'a' : 'b'}, targetNamespace: trust, chart: {spec: {chart: ${chart}}}${chart === 'spire' ? more : ''}}
`).join('---\n');
const CILIUM_RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cilium, namespace: kube-system}
spec: {chart: {spec: {chart: cilium, version: 1.20.2}}, values: {authentication: {mutual: {spire: {enabled: true}}}}}`;
const CILIUM_SPIRE = (more: string): string => `authentication: {mutual: {spire: {enabled: true, install: {enabled: false}, ${more}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: trust}
data:
  agent.conf: |
    agent {
      trust_domain = "example.org"
      admin_socket_path = "/run/admin/admin.sock"
    }
`;

const CASES: Case[] = [
  ['OPS-POLICY-TYPES', F, '', IN_SHOP('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], ingress: [{ports: [{port: 9090}]}], egress: []}')],
  ['OPS-POD-SECURITY-LABEL', F, 'pod-security.kubernetes.io/enforce: baseline', 'pod-security.kubernetes.io/enforced: baseline'],
  ['OPS-POD-SECURITY-LABEL', F, 'labels: {team: shop, pod-security', 'labels: {team: shop}, annotations: {pod-security'],
  ['OPS-SECRET-MODE', F, 'volumes: [{name: rules, configMap: {name: rules}}]', 'securityContext: {runAsUser: 1000}\n      volumes: [{name: rules, secret: {secretName: a, defaultMode: 256}}]'],
  ['OPS-SECRET-MODE', F, 'volumes: [{name: rules, configMap: {name: rules}}]', 'securityContext: {runAsUser: 1000, runAsGroup: 1000}\n      volumes: [{name: rules, secret: {secretName: a, defaultMode: 288}}]'],
  ['OBS-ANNOTATION-LABEL', F, '', RULE("{alert: A, expr: 'sum by (job) (up) > 0', annotations: {summary: '{{ $labels.instance }}'}}")],
  ['OBS-RECORD-MISSING', F, '', RULE('{record: "a:errors:rate", expr: up}, {alert: A, expr: "a:errors:rat > 1"}')],
  ['OBS-SPIRE-SILENT', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s, namespace: a}\ndata: {server.conf: \'server { trust_domain = "example.org" } plugins {}\'}'],
  ['OPS-ENDLESS-INIT', C, '          restartPolicy: Always\n', ''],
  ['OPS-POD-SECURITY-LABEL', C, 'pod-security.kubernetes.io/enforce:', 'pod-security.kubernetes.io/enforced:'],
  ['OPS-POLICY-TYPES', 'egress.yaml', '    - Egress\n  egress:', '    - Ingress\n  egress:'],
  ['OPS-CONFIG-MISSING', C, '  envoy.yaml: |', '  envoy.yml: |'],
  ['OPS-CONFIG-MISSING', C, 'mountPath: /etc/envoy\n', 'mountPath: /etc/proxy\n'],
  ['OPS-SELECTOR', F, 'selector: {matchLabels: {app: web}}\n  template', 'selector: {matchLabels: {app: wen}}\n  template'],
  ['OPS-SELECTOR', F, '', IN_SHOP('v1', 'Service', 'spec: {selector: {matchLabels: {app: web}}, ports: [{port: 80}]}')],
  ['OPS-DUPLICATE-NAME', F, 'volumes: [{name: rules, configMap: {name: rules}}]', 'volumes: [{name: rules, configMap: {name: rules}}, {name: rules, emptyDir: {}}]'],
  ['OPS-PROBE-PORT', F, 'readinessProbe: {exec: {command: ["true"]}}', 'readinessProbe: {httpGet: {port: http}}'],
  ['OPS-SELECTS-NOTHING', F, '', IN_SHOP('v1', 'Service', 'spec: {selector: {app: web-shop}, ports: [{port: 80}]}')],
  ['OPS-PDB-BLOCKS', F, '', IN_SHOP('policy/v1', 'PodDisruptionBudget', 'spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}')],
  ['OPS-HPA-TARGET', F, 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}', 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wed}'],
  ['OPS-REFERENCE-MISSING', F, '', `${IN_SHOP('v1', 'ServiceAccount', '', 'web')}${DEPLOYMENT('b', 'app: b', `serviceAccountName: webb, ${WEB}`)}`],
  ['OPS-ROLE-MISSING', F, '', IN_SHOP('rbac.authorization.k8s.io/v1', 'Role', 'rules: []') + IN_SHOP('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: Role, name: b}\nsubjects: []')],
  ['OPS-ROLE-BINDING', F, '', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a}]'],
  ['OPS-QUOTA', F, '', IN_SHOP('v1', 'ResourceQuota', 'spec: {hard: {limits.memory: 1Gi}}')],
  ['OPS-POLICY-DNS', S, '', IN_SHOP('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {}, egress: [{to: [{podSelector: {}}], ports: [{port: 80}]}]}')],
  ['OPS-POLICY-CLOSED', S, '', IN_SHOP('v1', 'Service', 'spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 8080}]}') + IN_SHOP('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}')],
  ['OPS-SHARED-DISK', F, '', IN_SHOP('v1', 'PersistentVolumeClaim', 'spec: {accessModes: [ReadWriteOnce]}', 'data')
    + DEPLOYMENT('b', 'app: b', `volumes: [{name: a, persistentVolumeClaim: {claimName: data}}], ${WEB}`, 'replicas: 2, ')],
  ['OPS-SPIFFE-SUBJECT', F, '', BINDING('{kind: ServiceAccount, name: "spiffe://example.org/ci", namespace: a}')],
  ['OPS-SPIFFE-SUBJECT', F, '', BINDING('{kind: User, name: example.org/ns/ci/sa/runner}')],
  ['OPS-NETWORK-PEER', F, '', NETWORK('{ipBlock: {cidr: 10.0.0.1}}')],
  ['OPS-NETWORK-PEER', F, '', NETWORK('{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.1]}}')],
  ['OPS-NETWORK-PEER', F, '', `${NETWORK('{namespaceSelector: {matchLabels: {name: ci}}}')}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ci}`],
  ['OBS-LABEL-VALUE', F, 'expr: up', "expr: 'sum(rate(istio_requests_total{reporter=\"destination\",source_principal=\"example.org/ns/a/sa/b\"}[5m]))'"],
  ['OBS-LABEL-VALUE', F, 'expr: up', "expr: 'increase(spire_server_rpc_agent_v1_agent_attest_agent{status=\"PERMISSION_DENIED\"}[5m])'"],
  ['OBS-LABEL-VALUE', F, 'expr: up', "expr: 'spire_server_started{trust_domain_id=\"example.org\"}'"],
  ['OBS-LABEL-VALUE', F, 'expr: up', "expr: 'sum(rate(istio_requests_total{reporter=\"destination\",connection_security_policy=\"mtls\"}[5m]))'"],
  ['OBS-LABEL-VALUE', F, 'expr: up', "expr: 'sum(rate(istio_requests_total{reporter=\"destination\",connection_security_policy!=\"MUTUAL_TLS\"}[5m]))'"],
  ['OBS-TRUST-DOMAIN', S, '', RULE("{alert: A, expr: 'absent(spire_server_bundle_manager_update_federated_bundle{trust_domain_id=\"partner_com\"})'}")],
  ['OPS-VAULT-SCRIPT', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {a.sh: vault write auth/jwt/role/a role_type=jwt user_claim=sub}'],
  ['OPS-VAULT-AGENT', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata:\n  agent.hcl: |\n    auto_auth {\n      method "jwt" {}\n    }'],
  ['OPS-VAULT-AUTH', F, '', 'apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultAuth\nmetadata: {name: b}\nspec: {method: jwt}'],
  ['OBS-EXPRESSION', F, 'expr: up', "expr: 'rate(up)'"],
  ['OBS-EXPRESSION', F, '', RULE('{alert: a, expr: "sum by (job) up"}')],
  ['OBS-RULE-SHAPE', F, '', RULE('{alert: a, expr: up, for: 10 minutes}')],
  ['OBS-RULE-SHAPE', F, '', RULE('{expr: up}')],
  ['OBS-RULE-SHAPE', F, '', RULE('{record: a, alert: b, expr: up}')],
  ['OPS-FLUX-HEALTH', F, '', FLUX('a', 'b').replace('spec: {', 'spec: {healthCheckExprs: [{apiVersion: spire.spiffe.io/v1alpha1, kind: ClusterStaticEntry, current: status.set == true}], ')],
  ['OPS-VAULT-SVID', F, '', VAULT_SVID('/svid/other.jwt', 'vault')],
  ['OPS-VAULT-SVID', F, '', VAULT_SVID('/svid/a.jwt', 'other')],
  ['OPS-SYNC-WAVE', F, '', WAVE('first')],
  ['OPS-FLUX-ORDER', F, '', `${FLUX('a', 'b')}---\n${FLUX('b', 'c')}---\n${FLUX('c', 'a')}`],
  ['OPS-FLUX-ORDER', F, '', FLUX('a', 'a')],
  ['OPS-FLUX-CRDS', F, '', SPIRE_RELEASES('')],
  ['OPS-ISTIOCTL-COMMAND', F, '', 'jobs: {a: {steps: [{run: "set -e\\nistioctl authn tls-check web-0.web"}]}}'],
  ['OPS-CERTIFICATE', F, '', CERTIFICATE('duration: 365d')],
  ['OPS-CERTIFICATE', F, '', CERTIFICATE('duration: 24h, renewBefore: 24h')],
  ['OPS-CERTIFICATE', F, '', CERTIFICATE('privateKey: {algorithm: ECDSA, size: 2048}')],
  ['OPS-REMOVED-API', F, '', 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}'],
  ['OPS-REMOVED-API', F, '', 'apiVersion: cert-manager.io/v1alpha2\nkind: Issuer\nmetadata: {name: a}'],
  ['OPS-KUBE-JWT', F, '', JWT('https://oidc.example.org/.well-known/openid-configuration', '[k8s]', '""')],
  ['OPS-KUBE-JWT', F, '', JWT('https://oidc.example.org', '[k8s, ci]', '""')],
  ['OBS-REPORTER', F, '(rate(istio_requests_total{reporter="destination"}[5m]))', '(rate(istio_requests_total[5m]))'],
  ['OBS-LABEL', F, 'sum by (source_principal)', 'sum by (source_spiffe_id)'],
  ['OBS-LABEL', F, 'by (envoy_http_conn_manager_prefix)', 'by (service)'],
  ['OBS-METRIC', F, 'increase(spire_server_rpc_agent_v1_agent_attest_agent{', 'increase(spire_server_rpc_agent_v1_agent_attest_agent_total{'],
  ['OBS-METRIC', F, 'expr: up', 'expr: opa_decisions_total'],
  ['OBS-METRIC', F, 'expr: up', 'expr: spire_agent_bootstrap_seconds > 60'],
  ['OBS-SPIRE-METRIC', F, 'expr: up', 'expr: spire_server_ca_expiry_seconds < 3600'],
  ['OBS-QUANTILE', F, 'expr: up', "expr: 'spire_server_svid_rotate_elapsed_time{quantile=\"0.99\"} > 100'"],
  ['OBS-RULE-SELECTED', F, '', 'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: a, namespace: shop}\nspec: {ruleSelector: {matchLabels: {no: one}}, ruleNamespaceSelector: {}}'],
  ['OBS-DASHBOARD', F, '', 'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: {name: a}\nspec: {instanceSelector: {}, url: "https://a.org", configMapRef: {name: a, key: b}}'],
  ['OBS-NAME-PATTERN', F, 'expr: up', "expr: 'rate({__name__=~\"spire_.+\"}[5m])'"],
  ['OBS-ALWAYS-TRUE', F, 'reporter="destination",connection_security_policy', 'connection_security_policy'],
  ['OBS-RATIO', F, 'expr: up', "expr: 'sum(istio_requests_total{reporter=\"destination\"}) / 2'"],
  ['OBS-ERROR-CODES', F, 'response_code=~"5..|0"', 'response_code!~"2.."'],
  ['OBS-RULES-CONFIG-MAP', F, 'configMap: {name: rules}', 'configMap: {name: other}'],
  ['OBS-DASHBOARD', F, '{"schemaVersion": 39, "panels"', '{"panels"'],
  ['OBS-MONITOR-PORT', F, 'podMetricsEndpoints: [{port: metrics}]', 'podMetricsEndpoints: [{port: prom-cm}]'],
  ['OBS-MONITOR-NAMESPACE', F, 'namespaceSelector: {matchNames: [shop]}', 'namespaceSelector: {kubernetes.io/metadata.name: shop}'],
  ['OPS-SCRATCH-IMAGE', S, 'readinessProbe: {httpGet: {path: /ready, port: 8080}}', 'readinessProbe: {exec: {command: [/bin/sh, -c, "true"]}}'],
  ['OPS-SCRATCH-IMAGE', F, DUMP, 'command: [sh, -c, "kubectl exec spire-server-0 -c spire-server -- tar c /run"]'],
  ['OPS-MISSING-TOOL', F, DUMP, 'command: [sh, -c, "aws s3 cp a b"]'],
  ['OPS-KEYS-BACKUP', F, DUMP, 'command: [sh, -c, "tar czf /dump/a.tgz /run/spire/data"]'],
  ['OPS-BACKUP-JOB', F, '  concurrencyPolicy: Forbid\n', ''],
  ['OPS-JOB-ACCOUNT', F, /serviceAccountName: backup([^]*)command: .*/, 'restartPolicy: Never$1command: [kubectl exec a]'],
  ['OPS-DB-PLAINTEXT', F, 'env: [{name: PGSSLMODE, value: verify-full}]', 'env: []'],
  ['OPS-HARDENING', F, 'securityContext: {}\n        readinessProbe: {exec: {command: ["true"]}}', 'tty: false'],
  ['OPS-LATEST-IMAGE', F, 'web:1.2.3', 'web:latest'],
  ['OPS-OLD-BOOKINFO', F, 'registry.example.org/web:1.2.3', 'docker.io/istio/examples-bookinfo-details-v1:1.16.2'],
  ['OPS-HOST-PORT', S, /(hostPID: true)([^]*?)(- name: spire-agent\n)([^]*?)(- name: spiffe-csi-driver\n)/, '$1$2$3        ports: [{containerPort: 9988, hostPort: 9988}]\n$4$5        ports: [{containerPort: 80, hostPort: 9988}]\n'],
  ['OPS-PDB', S, 'replicas: 1', 'replicas: 2'],
  ['OPS-POD-SECURITY', S, 'enforce: privileged', 'enforce: baseline'],
  ['OPS-POD-SECURITY', S, 'enforce: privileged', 'enforce: restricted'],
  ['OPS-HPA', F, 'containerResource: {name: cpu,', 'resource: {name: cpu,'],
  ['HELM-RENAMED', S, '', 'spire:\n  spire-server: {nodeAttestor: {k8sPsat: {enabled: true}}}'],
  ['HELM-RENAMED', S, '', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: spire, namespace: flux}\nspec: {values: {spire-server: {nodeAttestor: {k8sPsat: {enabled: true}}}}}'],
  ['HELM-RENAMED', S, '', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: spire}\nspec: {sources: [{helm: {valuesObject: {spire-server: {nodeAttestor: {k8sPsat: {enabled: true}}}}}}]}'],
  ['OPS-SERVICE-PORT', S, 'ports: [{name: grpc, port: 8081}]', 'ports: [{name: grpc, port: 8081, targetPort: grpc}]'],
  ['OPS-CONFIG-MISSING', S, '- {name: config, configMap: {name: spire-agent}}', '- {name: config, configMap: {name: spire-agent-config}}'],
  ['OPS-CONFIG-MISSING', S, '- {name: config, configMap: {name: spire-agent}}', '- {name: config, configMap: {name: spire-server}}'],
  ['OPS-CONFIG-MISSING', S, '- {name: config, configMap: {name: spire-agent}}', '- {name: config, configMap: {name: spire-agent, items: [{key: agent.hcl, path: agent.conf}]}}'],
  ['OPS-GENERATOR-NAMESPACE', S, '', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nconfigMapGenerator: [{name: envoy, literals: [a=b]}, {name: other, namespace: shop, literals: [a=b]}]\n---\n'
    + 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {volumes: [{name: a, configMap: {name: envoy}}]}'],
  ['OPS-VOLUME-SOURCE', F, 'volumes: [{name: rules, configMap: {name: rules}}]', 'volumes: [{name: rules, mountPath: /rules, readOnly: true}]'],
  ['OPS-UNKNOWN-VOLUME', F, 'volumeMounts: [{name: rules,', 'volumeMounts: [{name: rule,'],
  ['OPS-HOST-NETWORK-POLICY', S, /hostPID: true([^]*)$/, 'hostPID: true\n      hostNetwork: true$1---\n'
    + 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: spire-server}\n'
    + 'spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: spire-agent}}}]}]}\n'],
  ['OPS-UNUSED-LABEL', F, 'labels: {team: shop', 'labels: {spire-managed: "true"'],
  ['OPS-PLAIN-PASSWORD', V, 'externalSecret: {enabled: true, name: db, key: password}', 'password: geheim'],
  ['HELM-REFUSED', V, 'persistence: {type: pvc}', 'persistence: {type: pvc}\n  keyManager: {memory: {enabled: true}}'],
  ['HELM-REFUSED', V, 'databaseType: postgres', 'databaseType: aws_postgresql'],
  ['HELM-REFUSED', V, 'databaseType: postgres, externalSecret: {enabled: true, name: db, key: password}', 'databaseType: sqlite3}}\n  replicaCount: 3\n  x: {y: {'],
  ['HELM-REFUSED', V, 'persistence: {type: pvc}', 'kind: deployment'],
  ['HELM-REFUSED', V, 'persistence: {type: pvc}', 'persistence: {type: disk}'],
  ['HELM-REFUSED', V, 'spire-agent:\n', 'spire-agent:\n  nodeAttestor: {k8sPSAT: {enabled: false}}\n'],
  ['HELM-REFUSED', V, 'clusterName: demo', 'clusterName: demo, strictMode: true'],
  ['HELM-IGNORED', V, 'clusterName: demo', 'clusterName: demo, upstreamServerAddress: a'],
  ['HELM-VALUE', V, 'persistence: {type: pvc}', 'telemetry: {prometheus: {enabled: true}, datadog: {enabled: true}}'],
  ['HELM-RENAMED', V, 'k8sPSAT: {enabled: true}', 'k8sPsat: {enabled: true}'],
  ['HELM-IGNORED', V, 'persistence: {type: pvc}', 'persistence: {enabled: true}'],
  ['HELM-IGNORED', V, 'spire-agent:', 'spire-agnet:'],
  ['HELM-VALUE', V, 'trustDomain: example.org', 'trustDomain: "Bad_Domain!"'],
  ['HELM-VALUE', V, 'caTTL: 24h', 'caTTL: 1 day'],
  ['HELM-TTL', V, 'caTTL: 24h', 'caTTL: 1h'],
  ['HELM-VALUE', V, 'logLevel: info\n  persistence', 'logLevel: LOUD\n  persistence'],
  ['HELM-VALUE', V, '"spiffe://{{ .TrustDomain }}/web"', '"spiffe://other.org/x{{"'],
  ['HELM-VALUE', V, '"spiffe://{{ .TrustDomain }}/web"', '"spiffe://{{ .TrustDomain }}/web", federatesWith: [x.org]'],
  ['HELM-VALUE', V, 'spire-agent:\n', 'spire-agent:\n  socketPath: /a/b.sock\n'],
  ['HELM-VALUE', V, 'spire-agent:\n', 'spiffe-csi-driver: {pluginName: foo.csi}\nspire-agent:\n'],
  ['HELM-VALUE', V, 'k8sPSAT: {enabled: true}', 'k8sPSAT: {audience: [other]}'],
  ['HELM-VALUE', V, 'persistence: {type: pvc}', 'bundlePublisher: {k8sConfigMap: {format: pem}}'],
  ['HELM-UNKNOWN', V, 'caTTL: 24h', 'caTTL: 24h\n  replicas: 1'],
  ['HELM-UNKNOWN', V, 'k8sPSAT: {enabled: true}', 'k8sPSAT: {enabled: true}, joinTokens: {enabled: true}'],
  ['HELM-RELEASE-NAME', V, '', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: spire-server}\nspec: {chart: {spec: {chart: spire}}}'],
  ['HELM-RELEASE-NAME', V, '', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {chart: spire, helm: {releaseName: my-agent}}}'],
  ['HELM-RELEASE-NAME', V, '', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nhelmCharts: [{name: spire, releaseName: spire-server}]'],
  ['OBS-QUANTILE-LE', F, /expr: [^\n]*/, 'expr: histogram_quantile(0.9, sum by (a) (rate(b_bucket[5m])))'],
  ['OBS-TRUST-DOMAIN-LABEL', F, /expr: [^\n]*/, 'expr: sum by (trust_domain) (rate(spire_agent_agent_svid_rotate[5m]))'],
  ['HELM-OLD-IMAGE', V, 'spire-agent:\n', 'spire-agent:\n  image: {tag: 1.8.0}\n'],
  ['CILIUM-MUTUAL-AUTH', F, '', CILIUM_RELEASE],
  ['CILIUM-MUTUAL-AUTH-LATER', F, 'fromEndpoints: [{}]', 'authentication: {mode: required}'],
  ['CILIUM-MUTUAL-AUTH-LATER', F, '', 'authentication: {mutual: {spire: {enabled: true}}}'],
  ['CILIUM-TRUST-DOMAIN', F, '', CILIUM_SPIRE('adminSocketPath: /run/admin/admin.sock, trustDomain: spiffe.cilium')],
  ['CILIUM-TRUST-DOMAIN', F, '', CILIUM_SPIRE('adminSocketPath: /run/admin/admin.sock')],
  ['CILIUM-AUTH-MODE', F, 'fromEndpoints: [{}]', 'authentication: {mode: always}'],
  ['CILIUM-AUTH-MODE', F, 'fromEndpoints: [{}]', 'authentication: [{mode: required}]'],
  ['LINKERD-AUTHENTICATION', F, '', 'apiVersion: policy.linkerd.io/v1alpha1\nkind: MeshTLSAuthentication\nmetadata: {name: a}\nspec: {identities: [a], identityRefs: [{kind: ServiceAccount}]}'],
  ['LINKERD-EXTERNAL-WORKLOAD', F, '', EXTERNAL('meshTls', 'spiffe://root.linkerd.cluster.local/vm')],
  ['LINKERD-EXTERNAL-WORKLOAD', F, '', EXTERNAL('meshTLS', 'vm')],
  ['LINKERD-IN-CLUSTER', F, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {linkerd.io/inject: enabled}}\n'
    + 'spec: {containers: [{name: a, image: "a:1", env: [{name: LINKERD2_PROXY_IDENTITY_SPIRE_SOCKET, value: /a}]}]}'],
  ['OBS-MONITOR-PORT', F, '', 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop, labels: {app: a}}\nspec: {ports: [{name: http, port: 80}]}\n---\n'
    + 'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: a, namespace: shop}\nspec: {selector: {matchLabels: {app: a}}, endpoints: [{port: prom}]}'],
  ['OBS-METRIC', F, '"panels": [', '"panels": [{"type": "row", "panels": [{"targets": [{"expr": "spire_agent_svids_total"}]}]}, '],
  ['OBS-METRIC', F, '', 'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: {name: a}\n'
    + 'spec: {json: \'{"schemaVersion": 39, "panels": [{"targets": [{"expr": "spire_agent_svids_total"}]}]}\'}'],
  ['OPS-SPIRE-COMMAND', F, '', 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", command: [/opt/spire/bin/spire-server, entry, list]}]}}}'],
  ['OPS-VAULT-JWT', F, '', VAULT('Role', '{roleType: jwt, userClaim: sub, boundSubject: "spiffe://a/b"}')],
  ['OPS-VAULT-JWT', F, '', VAULT('Role', '{roleType: jwt, boundAudiences: [vault], boundClaims: {sub: "spiffe://a/*"}}')],
  ['OPS-VAULT-JWT', F, '', VAULT('Config', '{OIDCDiscoveryURL: "https://a", JWKSURL: "https://a/keys"}')],
  ['OPS-VAULT-JWT', F, '', VAULT('Config', '{OIDCDiscoveryURL: "https://a/.well-known/openid-configuration"}')],
  ['OPS-VAULT-JWT', F, '', VAULT('Role', '{roleType: jwt, boundAudiences: [vault], userClaim: spiffe_id, boundSubject: "spiffe://a/b"}')],
  ['OPS-VAULT-JWT', F, '', VAULT('Role', '{roleType: jwt, boundAudiences: [vault], userClaim: sub, boundSubject: example.org/ns/shop/sa/web}')],
  ['OPS-VAULT-AGENT-WAIT', F, '', OLD_ISTIO + VAULT_AGENT('')],
  ['OPS-VAULT-AGENT-WAIT', F, '', NO_NATIVE + VAULT_AGENT('')],
  ['OPS-VAULT-AGENT-WAIT', F, '', VAULT_AGENT(`${LATE_PROXY}, traffic.sidecar.istio.io/excludeOutboundPorts: "8201"`)],
  ['OPS-VAULT-AGENT-WAIT', F, '', VAULT_AGENT(`${LATE_PROXY}, vault.hashicorp.com/service: "https://vault:443", traffic.sidecar.istio.io/excludeOutboundPorts: "8200"`)],
  ['OPS-VAULT-JWT', S, '', VAULT('Config', '{OIDCDiscoveryURL: "https://oidc.example.org/"}')],
  ['OPS-KUBE-JWT', F, '', JWT('http://oidc.example.org', '[k8s]', '""')],
  ['OPS-KUBE-JWT', F, '', JWT('https://oidc.example.org', '[]', '""')],
  ['OPS-KUBE-JWT', S, '', JWT('https://oidc.example.org/', '[k8s]', '""')],
  ['OPS-KUBE-JWT', F, '', `${JWT('https://oidc.example.org', '[k8s]', '"spire:"')}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nsubjects: [{kind: User, name: "spiffe://a/b"}]`],
  ['OBS-DASHBOARD', F, '(envoy_http_conn_manager_prefix)"}]}]}', '(envoy_http_conn_manager_prefix)"},]}]}'],
  ['OPS-LIMITS', 'operations.yaml', '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:1", resources: {limits: {memory: 1Gi}, requests: {memory: 2Gi}}}]}'],
  ['OPS-URL-PORT', 'operations.yaml', '', 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a}\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a}\n'
    + 'spec: {containers: [{name: a, image: "a:1", env: [{name: A, value: "http://a:8080"}]}]}'],
  ['OBS-MONITOR-ELSEWHERE', 'operations.yaml', '', 'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: a, namespace: monitors}\nspec: {selector: {matchLabels: {app: elsewhere}}}\n---\n'
    + 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a, labels: {app: elsewhere}}\nspec: {}'],
  ['OPS-INGRESS-BACKEND', 'operations.yaml', '', 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a}\nspec: {ports: [{name: http, port: 80}]}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\n'
    + 'metadata: {name: a, namespace: a}\nspec: {defaultBackend: {service: {name: a, port: {number: 8080}}}}'],
  ['OBS-ISTIO-METRIC', 'operations.yaml', '', 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: a, rules: [{alert: a, expr: istio_request_total > 1}]}]}'],
];

describeRules([...OBS_RULES, ...OPS_RULES, ...HELM_RULES, ...CILIUM_RULES, ...LINKERD_RULES], [...CASES, ...ECOSYSTEM]);

test.each(['example_org', 'partner_org'])('a query may ask for the trust domain %s, which the server has or federates with', (name) => {
  const text = `${fixture(S)}---\n${RULE(`{alert: A, expr: 'absent(spire_server_bundle_manager_update_federated_bundle{trust_domain_id="${name}"})'}`)}`;
  expect(check(text, OBS_RULES)).toEqual([]);
});

test('a query may ask for any trust domain where no server is in the input', () => {
  expect(found('OBS-TRUST-DOMAIN', RULE("{alert: A, expr: 'spire_server_started{trust_domain_id=\"other_org\"} > 0'}"))).toEqual([]);
});

test('a finding in the values of a release is about the release, and on its line', () => {
  const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: spire, namespace: flux}\nspec:\n  values:\n    spire-server:\n      ca_subject: {country: DE}\n';
  expect(check(release)).toContainEqual(expect.objectContaining({ rule: 'HELM-RENAMED', line: 7, object: expect.objectContaining({ kind: 'HelmRelease', name: 'spire' }) }));
});

test.each([
  ['the trust domain of SPIRE', 'adminSocketPath: /run/admin/admin.sock, trustDomain: example.org'],
  ['another socket', 'adminSocketPath: /run/other/admin.sock, trustDomain: spiffe.cilium'],
])('Cilium may have %s', (_, more) => {
  expect(found('CILIUM-TRUST-DOMAIN', CILIUM_SPIRE(more))).toEqual([]);
});

test.each([
  ['free of the proxy', ', traffic.sidecar.istio.io/excludeOutboundPorts: "9090, 8200"'],
  ['at a port of its own that is free', ', vault.hashicorp.com/service: "https://vault:443/", traffic.sidecar.istio.io/excludeOutboundPorts: "443"'],
  ['first', ', vault.hashicorp.com/agent-init-first: "true"'],
  ['beside the application only', ', vault.hashicorp.com/agent-pre-populate: "false"'],
  ['behind a native sidecar', ', sidecar.istio.io/nativeSidecar: "true"'],
])('a Vault Agent %s does not wait', (_, annotations) => {
  expect(found('OPS-VAULT-AGENT-WAIT', OLD_ISTIO + VAULT_AGENT(annotations))).toEqual([]);
});

test('a Vault Agent does not wait where native sidecars are the default', () => {
  expect(found('OPS-VAULT-AGENT-WAIT', VAULT_AGENT(''))).toEqual([]);
});

test.each([
  ['the namespace of the name has another label name', 'kind: Namespace\nmetadata: {name: ci, labels: {name: build}}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b, labels: {name: ci}}'],
  ['the namespace is not in the input', 'kind: Pod\nmetadata: {name: a, namespace: ci}\nspec: {containers: []}'],
])('a NetworkPolicy may select by a label name where %s', (_, object) => {
  expect(check(`${NETWORK('{namespaceSelector: {matchLabels: {name: ci}}}')}\n---\napiVersion: v1\n${object}\n`, OPS_RULES)).toEqual([]);
});

test('a wave without quotes is left to the API server', () => {
  expect(check(WAVE('-5'), OPS_RULES)).toEqual([]);
});

test('what a message wants is told', () => {
  const text = [CERTIFICATE('privateKey: {algorithm: ECDSA, size: 2048}'), NETWORK('{ipBlock: {cidr: 10.0.0.1}}'), 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}'].join('\n---\n');
  expect(found(/^OPS-/, text)).toEqual(expect.arrayContaining([
    'an ECDSA key of size 2048: one of 256, 384, 521 is wanted', '"10.0.0.1" has no prefix length', 'batch/v1beta1 CronJob is served no more: use batch/v1',
  ]));
});

test('a recording rule may have any name, as Prometheus 3 takes them', () => {
  expect(found('OBS-RULE-SHAPE', RULE('{record: "job:latency.p99", expr: up}'))).toEqual([]);
});

test.each([
  ['a wave', WAVE('"-5"')],
  ['a wave of a template', WAVE('$WAVE')],
  ['a user', BINDING('{kind: User, name: "spiffe://example.org/ns/ci/sa/runner"}')],
  ['peers', NETWORK('{ipBlock: {cidr: "2001:db8::/32"}}, {namespaceSelector: {matchLabels: {name: other}}}')],
  ['a label name', `${NETWORK('{namespaceSelector: {matchLabels: {name: ci}}}')}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ci, labels: {name: ci}}`],
  ['a chain of Flux', `${FLUX('a', 'b')}---\n${FLUX('b', 'c')}---\n${FLUX('d', 'b')}`],
  ['a release that waits for its definitions', SPIRE_RELEASES(', dependsOn: [{name: spire-crds}]')],
  ['one that is tried again', SPIRE_RELEASES(', install: {remediation: {retries: -1}}')],
  ['a Certificate', CERTIFICATE('duration: 8760h, renewBefore: 720h, privateKey: {algorithm: ECDSA, size: 384}')],
  ['a Certificate with defaults', CERTIFICATE('privateKey: {rotationPolicy: Always}')],
  ['rules', RULE('{record: "a:b", expr: up}, {alert: A b, expr: up, for: 1h30m}, {alert: B, expr: up, for: 0s}')],
  ['values of labels', RULE('{alert: A, expr: \'spire_agent_started{status="OK",trust_domain_id="example_org"} or rate(istio_requests_total{reporter="destination",connection_security_policy!="mutual_tls"}[5m]) or rate(istio_requests_total{reporter="destination",source_principal=~".*/ns/a/.*"}[5m])\'}')],
])('%s is right', (_, text) => {
  expect(check(text, [...OBS_RULES, ...OPS_RULES])).toEqual([]);
});

test.each([
  ['a token that Vault takes', 'OPS-VAULT-SVID', VAULT_SVID('/svid/a.jwt', 'other-vault')],
  ['a token of somebody else', 'OPS-VAULT-SVID', VAULT_SVID('/var/run/secrets/token', 'vault')],
  ['a role that nobody writes', 'OPS-VAULT-SVID', VAULT_SVID('/svid/a.jwt', 'mine').replace('role/app', 'role/other')],
  ['a status that comes', 'OPS-FLUX-HEALTH', FLUX('a', 'b').replace('spec: {', 'spec: {healthCheckExprs: [{apiVersion: spire.spiffe.io/v1alpha1, kind: ClusterStaticEntry, current: status.rendered == true}], ')],
])('%s is right', (_, rule, text) => {
  expect(found(rule, text)).toEqual([]);
});

describe('a Secret of closed files', () => {
  const pod = (security: string, mode: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a}\nspec: {securityContext: {${security}}, `
    + `containers: [{name: a, image: "a:1", volumeMounts: [{name: s, mountPath: /s}]}], volumes: [{name: s, secret: {secretName: s${mode}}}]}`;
  const told = (text: string): string[] => found('OPS-SECRET-MODE', text);

  test.each([
    ['for root', 'runAsUser: 0', ', defaultMode: 256'],
    ['for the group of files', 'runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000', ', defaultMode: 288'],
    ['for the group of root', 'runAsUser: 1000, runAsGroup: 0', ', defaultMode: 288'],
    ['for a group that is not told', 'runAsUser: 1000', ', defaultMode: 288'],
    ['for a user that is not told', '', ', defaultMode: 256'],
    ['that others may read', 'runAsUser: 1000, runAsGroup: 1000', ', defaultMode: 420'],
    ['with the mode that it has by itself', 'runAsUser: 1000, runAsGroup: 1000', ''],
  ])('is right %s', (_, security, mode) => {
    expect(told(pod(security, mode))).toEqual([]);
  });

  test('is right in octal, as kubectl reads it', () => {
    const text = (mode: string): string => pod('runAsUser: 1000, runAsGroup: 0', `, defaultMode: ${mode}`);
    expect(told(text('0640'))).toEqual([]);
    expect(told(text('0400'))).toEqual(['container a runs as user 1000, and defaultMode of volume s is 0400']);
  });

  test('fails for a user of another group', () => {
    expect(told(pod('runAsUser: 1000, runAsGroup: 1000', ', defaultMode: 288'))).toEqual(['container a runs as user 1000, and defaultMode of volume s is 0440']);
  });
});

test.each([
  ['of both directions', 'policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]'],
  ['without policyTypes', 'ingress: [{}], egress: [{}]'],
  ['with an empty list', 'policyTypes: [Ingress], ingress: [{}], egress: []'],
])('a NetworkPolicy %s is right', (_, spec) => {
  const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: a}\nspec: {podSelector: {}, ${spec}}`;
  expect(found('OPS-POLICY-TYPES', text)).toEqual([]);
});

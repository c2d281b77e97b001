import { found } from '../cases';

const QUERY = (expr: string): string => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: g, rules: [{record: a:b, expr: '${expr}'}]}]}`;
const USER = (name: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: b}\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: User, name: "${name}"}]`;
const MACHINE = (identity: string): string =>
  `apiVersion: workload.linkerd.io/v1beta1\nkind: ExternalWorkload\nmetadata: {name: a, namespace: b}\nspec: {meshTLS: {identity: "${identity}", serverName: a.b}, workloadIPs: [{ip: 10.0.0.1}]}`;
const AUTHENTICATION = (identity: string): string =>
  `apiVersion: policy.linkerd.io/v1alpha1\nkind: MeshTLSAuthentication\nmetadata: {name: a, namespace: b}\nspec: {identities: ["${identity}"]}`;
const ID = (template: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "${template}"}`;
const TAG = (value: string): string =>
  `apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: a, namespace: b}\nspec: {tracing: [{customTags: {caller: {formatter: {value: "${value}"}}}}]}`;
const CONF = (name: string, text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: spire}\ndata:\n  ${name}.conf: |\n    ${text.trim().replace(/\n/g, '\n    ')}\n`;
const SERVER = (server: string, plugins = ''): string => CONF('server', `
server {
  trust_domain = "example.org"
  data_dir = "/run/spire"
  jwt_issuer = "https://oidc.example.org"
  ${server}
}
plugins {
  DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/run/spire/db" } }
  KeyManager "disk" { plugin_data { keys_path = "/run/spire/keys" } }
  ${plugins}
}`);
const VAULT = (more: string): string => SERVER('', `UpstreamAuthority "vault" {
    plugin_data {
      vault_addr = "https://vault:8200"
      ${more}
      k8s_auth { k8s_auth_role_name = "spire" token_path = "/token" }
    }
  }`);
const AGENT = (sds: string, more = ''): string => CONF('agent', `agent {
  trust_domain = "example.org"
  server_address = "spire-server"
  server_port = 8081
  insecure_bootstrap = true
  ${more}
  sds {
    ${sds}
  }
}
plugins { NodeAttestor "k8s_psat" { plugin_data { cluster = "demo" } } KeyManager "memory" { plugin_data {} } WorkloadAttestor "k8s" { plugin_data {} } }`);
const ALL_AS_ROOTCA = 'default_bundle_name = "null"\n    default_all_bundles_name = "ROOTCA"';
const ENVOY = (bundle: string, peer: string, metadata = ''): string => `
node: {id: a, cluster: b${metadata}}
static_resources:
  listeners:
  - name: inbound
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          require_client_certificate: true
          common_tls_context:
            tls_certificate_sds_secret_configs: [{name: default, sds_config: &sds {resource_api_version: V3, api_config_source: {api_type: GRPC, transport_api_version: V3, grpc_services: [{envoy_grpc: {cluster_name: spire}}]}}}]
            combined_validation_context:
              default_validation_context: {match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: "${peer}"}}]}
              validation_context_sds_secret_config: {name: "${bundle}", sds_config: *sds}
  clusters:
  - name: spire
    type: STATIC
    typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, explicit_http_config: {http2_protocol_options: {}}}}
    load_assignment: {cluster_name: spire, endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: /spiffe-workload-api/socket}}}}]}]}
`;
const PSAT = 'NodeAttestor "k8s_psat" { plugin_data { clusters = { "demo" = { service_account_allow_list = ["spire:agent"] } } } }';
const STATIC = (parent: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterStaticEntry\nmetadata: {name: a}\nspec: {spiffeID: "spiffe://example.org/a", parentID: "${parent}", selectors: ["unix:uid:1"]}`;
const MANAGER = (cluster: string): string => CONF('manager', `
apiVersion: spire.spiffe.io/v1alpha1
kind: ControllerManagerConfig
clusterName: demo
trustDomain: example.org
parentIDTemplate: "spiffe://{{ .TrustDomain }}/spire/agent/k8s_psat/${cluster}/{{ .NodeMeta.UID }}"`).replace('manager.conf', 'manager.yaml');
const VALUES = (more: string): string => `global: {spire: {trustDomain: example.org, clusterName: demo}}\nspire-server:\n  keyManager: {disk: {enabled: false}, memory: {enabled: true}}${more}\n`;
const RELATION = (id: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: p}\nspec:
  trustDomain: partner.org\n  bundleEndpointURL: https://spire.partner.org\n  bundleEndpointProfile: {type: https_spiffe, endpointSPIFFEID: "${id}"}`;
const POLICY = (principal: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: istio-system}\nspec: {rules: [{from: [{source: {principals: ["${principal}"]}}]}]}`;
const OPERATOR = (more = ''): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio, namespace: istio-system}\nspec:
  meshConfig: {trustDomain: example.org}\n  components:\n    ingressGateways:\n    - name: istio-ingressgateway\n      enabled: true\n      k8s: {overlays: [{kind: Deployment, name: istio-ingressgateway, patches: [{path: "spec.template.spec.volumes.[name:workload-socket]", value: {csi: {driver: csi.spiffe.io, readOnly: true}}}${more}]}]}`;
const OF_GATEWAYS = `${ID('spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}').replace('spec: {', 'spec: {podSelector: {matchLabels: {spiffe.io/enabled: \"true\"}}, ')}`;
const EGRESS = ']}]}\n    egressGateways:\n    - name: istio-egressgateway\n      enabled: true\n      k8s: {overlays: [{patches: [';
const OF_SPIRE = '\n  values: {sidecarInjectorWebhook: {templates: {spire: "spec: {volumes: [{name: workload-socket, csi: {driver: csi.spiffe.io, readOnly: true}}]}"}}}';
const MOUNT = (path: string): string => `, {path: "spec.template.spec.containers.[name:istio-proxy].volumeMounts.[name:workload-socket]", value: {name: workload-socket, mountPath: ${path}}}`;
const METRIC = (value: string): string =>
  `apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: a, namespace: b}\nspec: {metrics: [{overrides: [{tagOverrides: {caller: {value: "${value}"}}}]}]}`;
const SELECTED = (name: string, app: string): string =>
  `apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: ${name}, namespace: b}\nspec: {selector: {matchLabels: {app: ${app}}}, accessLogging: [{providers: [{name: envoy}]}]}\n`;
const WHEN = (key: string, value: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: b}\nspec: {rules: [{when: [{key: "${key}", values: ["${value}"]}]}]}`;
const HTTP_ROUTE = (header: string): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: b}\nspec: {rules: [{matches: [{headers: [{name: ${header}, value: a}]}]}]}`;
const CALLER = (id: string): string => `package envoy.authz\nimport rego.v1\ndefault allow := false\nallow if input.attributes.source.principal == "${id}"\n`;
const PATHS = (condition: string): string => `package envoy.authz\nimport rego.v1\ndefault allow := false\nallow if ${condition}\n`;
const OPA = (addr: string, more = '--diagnostic-addr=0.0.0.0:8282'): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: opa, namespace: a}
data:
  config.yaml: |
    plugins: {envoy_ext_authz_grpc: {addr: "${addr}", path: envoy/authz/allow}}
---
apiVersion: v1
kind: Service
metadata: {name: opa, namespace: a}
spec: {selector: {app: opa}, ports: [{name: grpc-authz, port: 9191}]}
---
apiVersion: v1
kind: Pod
metadata: {name: opa, namespace: a, labels: {app: opa}}
spec:
  containers:
  - name: opa
    image: openpolicyagent/opa:1.19.1-envoy
    args: [run, --server, "--addr=localhost:8181", "${more}"${more.includes('config-file') ? '' : ', "--config-file=/config/config.yaml"'}]
    ports: [{name: diag, containerPort: 8282}, {name: grpc, containerPort: 9191}]
    livenessProbe: {httpGet: {path: /health, port: diag}}
    volumeMounts: [{name: c, mountPath: /config}]
  volumes: [{name: c, configMap: {name: opa}}]
`;
const UPSTREAM = (certificate: string): string => `
static_resources:
  clusters:
  - name: b
    type: STRICT_DNS
    load_assignment: {cluster_name: b, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: b.a.svc, port_value: 8443}}}}]}]}
    transport_socket:
      name: tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        common_tls_context: {${certificate}combined_validation_context: {default_validation_context: {match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: "spiffe://a.org/b"}}]}, validation_context_sds_secret_config: {name: ROOTCA}}}
`;
const ENV_OF = (key: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: a}\nstringData: {${key}: x}\n---
apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec: {containers: [{name: c, image: "c:1", env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]}]}\n`;
const HELM = (server: string, agent = ''): Record<string, string> =>
  ({ 'values.yaml': `global: {spire: {trustDomain: example.org, clusterName: demo}}\nspire-server: {${server}}\nspire-agent: {${agent}}\n` });
const IDENTITY = (fields: string): string => `controllerManager: {identities: {clusterSPIFFEIDs: {web: {${fields}}}}}`;
const PARTNER = (domain: string, profile: string): string => `controllerManager: {identities: {clusterFederatedTrustDomains: {partner: {trustDomain: ${domain}, bundleEndpointURL: "https://a.b", bundleEndpointProfile: {${profile}}}}}}`;
const DATABASE = (mode: string): string => `dataStore: {sql: {databaseType: postgres, host: db, databaseName: a, username: b, options: [{sslmode: ${mode}}]}}`;
const PUBLISHED = (field: string): string => `${SERVER('', 'BundlePublisher "k8s_configmap" { plugin_data { clusters = { "demo" = { namespace = "spire" configmap_name = "bundle" configmap_key = "bundle.pem" format = "pem" } } } }')}---
apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bundle, namespace: spire}\n${field}: {bundle.pem: ""}\n`;
const OPENSHIFT = (name: string): string => `apiVersion: operator.openshift.io/v1alpha1\nkind: ZeroTrustWorkloadIdentityManager\nmetadata: {name: cluster}\nspec: {trustDomain: example.org, clusterName: ${name}}`;
const FLUX = (current: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: b}
spec: {healthCheckExprs: [{apiVersion: spire.spiffe.io/v1alpha1, kind: ClusterSPIFFEID, current: '${current}'}]}`;
const WAVES = (policy: string): string => `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{name: vclusterspiffeid.kb.io, failurePolicy: ${policy}}]
---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s, namespace: spire, annotations: {argocd.argoproj.io/sync-wave: "5"}}
spec: {template: {spec: {containers: [{name: m, image: "ghcr.io/spiffe/spire-controller-manager:0.6.6"}]}}}
---\n${ID('spiffe://{{ .TrustDomain }}/a').replace('{name: a}', '{name: a, annotations: {argocd.argoproj.io/sync-wave: "0"}}')}`;
const CILIUM_POLICY = (port: string): string => `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent, namespace: spire}
spec: {template: {metadata: {labels: {app: agent}}, spec: {hostNetwork: true, containers: [{name: a, image: "ghcr.io/spiffe/spire-agent:1.15.3"}]}}}
---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: server, namespace: spire}
spec: {template: {metadata: {labels: {app: server}}, spec: {containers: [{name: s, image: "ghcr.io/spiffe/spire-server:1.15.3"}]}}}
---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p, namespace: spire}
spec: {endpointSelector: {matchLabels: {app: server}}, ingress: [{fromEndpoints: [{matchLabels: {app: agent}}], toPorts: [{ports: [{port: "8081"}]}]}, {fromEntities: [host, remote-node], toPorts: [{ports: [{port: "${port}"}]}]}]}`;
const TWO_MANAGERS = (more: string): string => ['one', 'two'].map(name => CONF(name, `
apiVersion: spire.spiffe.io/v1alpha1
kind: ControllerManagerConfig
clusterName: demo
trustDomain: example.org
className: ${name}
entryIDPrefix: ${name}${name === 'two' ? more : ''}`).replace(`${name}.conf`, `${name}.yaml`)).join('---\n') + `---\n${RELATION('spiffe://partner.org/a')}`;
const GATEWAY_CHART = (values: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: edge, namespace: a}
spec: {chart: {spec: {chart: gateway}}, values: {${values}podAnnotations: {inject.istio.io/templates: "gateway,spire"}}}\n`;
const GATEWAY_API = (more: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: a}
spec:
  gatewayClassName: istio
  infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: edge-options}}
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: edge-options, namespace: a}
data:
  deployment: |
    spec: {template: {${more}spec: {volumes: [{name: workload-socket, emptyDir: null, csi: {driver: csi.spiffe.io, readOnly: true}}]}}}
`;
const SCRIPT = (line: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n  check.sh: |\n    #!/bin/sh\n    ${line}\n`;
const EXCHANGE = (more: string): Record<string, string> =>
  ({ 'values.yaml': `global: {spire: {trustDomain: example.org, clusterName: demo}}\nspire-server: {}\nspire-identity-exchange: {enabled: true, auth: {plugins: {github: {audiences: [spire]${more}}}}}\n` });
const VAULT_CONFIG = (issuer: string): string =>
  `apiVersion: redhatcop.redhat.io/v1alpha1\nkind: JWTOIDCAuthEngineConfig\nmetadata: {name: a, namespace: b}\nspec: {path: spire, OIDCDiscoveryURL: https://oidc.example.org, boundIssuer: "${issuer}"}`;
const VAULT_JOB = (ttl: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:
  run.sh: |\n    vault write auth/spire/role/web role_type=jwt user_claim=sub bound_audiences=vault bound_subject=spiffe://example.org/web ${ttl}\n`;
const PORT = (port: number): string => `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, namespace: b}
spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {hostNetwork: true, containers: [{name: a, image: "a:1", ports: [{containerPort: ${port}}]}]}}}`;
const DASHBOARD = (labels: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: board, namespace: monitoring${labels}}\ndata: {spire.json: '{"title": "SPIRE", "schemaVersion": 39, "panels": []}'}`;
const TOKENS = (issuer: string): string => `apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration
jwt: [{issuer: {url: "${issuer}", audiences: [k8s]}, claimMappings: {username: {claim: sub, prefix: ""}}}]`;
const DUMP = (env: string): string => `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: spire-dump, namespace: spire}
spec: {schedule: "0 1 * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: spire-dump, image: "postgres:17", command: [sh, -c, 'pg_dump -Fc "$DATABASE_URL" -f /b/spire'], env: [${env}]}]}}}}}`;
const REGO = (account: string): string => `package envoy.authz\nimport rego.v1\ndefault allow := false\nallow if split(input.attributes.source.principal, "/")[4] == "${account}"\n`;
const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n';
const CILIUM = 'authentication: {enabled: true, mutual: {spire: {enabled: true, trustDomain: example.org, install: {enabled: false}}}}\n---\n';
const PARTNER_POLICY = (principal: string): string => `${RELATION('spiffe://partner.org/spire/server')}\n---\n${POLICY(principal)}`;

test.each<[string, string, string | Record<string, string>, string | Record<string, string>]>([
  ['SPIRE-ID-TYPE', 'there is no kind ClusterSpiffeID', ID('spiffe://a.org/b').replace('kind: ClusterSPIFFEID', 'kind: ClusterSpiffeID'), ID('spiffe://a.org/b')],
  ['SPIRE-ID-TEMPLATE', '.PodSpec.ServiceAccount does not exist', ID('spiffe://{{ .TrustDomain }}/sa/{{ .PodSpec.ServiceAccount }}'), ID('spiffe://{{ .TrustDomain }}/sa/{{ .PodSpec.ServiceAccountName }}')],
  ['SPIRE-VALUE', 'named_pipe_name works on Windows only', SERVER('experimental { named_pipe_name = "api" }'), SERVER('experimental { cache_reload_interval = "5s" }')],
  ['SPIRE-ADMIN-DOMAIN', 'nothing brings the bundle of else.org', SERVER('admin_ids = ["spiffe://else.org/ops"]'), SERVER('admin_ids = ["spiffe://example.org/ops"]')],
  ['SPIRE-PARENT-ID', 'parents are of the cluster "other", the server knows "demo"', `${SERVER('', PSAT)}---\n${STATIC('spiffe://example.org/spire/agent/k8s_psat/other/a')}`, `${SERVER('', PSAT)}---\n${STATIC('spiffe://example.org/spire/agent/k8s_psat/demo/a')}`],
  ['SPIRE-PARENT-ID', 'parents are of the cluster "other"', `${SERVER('', PSAT)}---\n${MANAGER('other')}`, `${SERVER('', PSAT)}---\n${MANAGER('demo')}`],
  ['SPIRE-MEMORY-KEYS', 'lose the CA at every restart', { 'values.yaml': VALUES('') }, { 'values.yaml': VALUES('\n  upstreamAuthority: {disk: {enabled: true}}') }],
  ['ENVOY-SAN-VALUE', 'path cannot contain empty segments', ENVOY('ROOTCA', 'spiffe://example.org//a'), ENVOY('ROOTCA', 'spiffe://example.org/a')],
  ['SPIRE-VALUE-IGNORED', 'cannot give all bundles as "ROOTCA"', AGENT(`${ALL_AS_ROOTCA}\n    disable_spiffe_cert_validation = true`), AGENT(ALL_AS_ROOTCA)],
  ['SPIRE-VAULT-PLAIN', 'insecure_skip_verify = true', VAULT('insecure_skip_verify = true'), VAULT('insecure_skip_verify = false')],
  ['ENVOY-SECRET-NAME', 'SPIRE has no bundle "ALL"', `${AGENT(ALL_AS_ROOTCA)}---${ENVOY('ALL', 'spiffe://example.org/a')}`, `${AGENT(ALL_AS_ROOTCA)}---${ENVOY('ROOTCA', 'spiffe://example.org/a')}`],
  ['FED-ENVOY-BUNDLE', '"spiffe://example.org" does not hold the root of "else.org"', ENVOY('spiffe://example.org', 'spiffe://else.org/a'), ENVOY('spiffe://else.org', 'spiffe://else.org/a')],
  ['FED-ENVOY-BUNDLE', 'is the bundle of "example.org" alone', `${AGENT('')}---${ENVOY('ROOTCA', 'spiffe://else.org/a')}`, `${AGENT('')}---${ENVOY('ROOTCA', 'spiffe://else.org/a', ', metadata: {disable_spiffe_cert_validation: true}')}`],
  ['FED-ENDPOINT-DOMAIN', 'has no path', RELATION('spiffe://partner.org'), RELATION('spiffe://partner.org/spire/server')],
  ['FED-ENDPOINT-DOMAIN', 'is the own server', `${SERVER('')}---\n${RELATION('spiffe://example.org/spire/server')}`, `${SERVER('')}---\n${RELATION('spiffe://example.org/relay')}`],
  ['FED-ANY-DOMAIN-SOURCE', 'principal "*/ns/shop/sa/web" matches in "partner.org" as well', PARTNER_POLICY('*/ns/shop/sa/web'), PARTNER_POLICY('*')],
  ['MESH-LOG-OPERATOR', '%SOURCE_PRINCIPAL% is no operator', TAG('%SOURCE_PRINCIPAL%'), TAG('%DOWNSTREAM_PEER_URI_SAN%')],
  ['MESH-GATEWAY-ENTRY', 'none of the 1 ClusterSPIFFEIDs selects the pods of gateway istio-ingressgateway', `${OPERATOR()}\n---\n${OF_GATEWAYS}`,
    `${OPERATOR(', {path: "spec.template.metadata.labels.spiffe\\\\.io/enabled", value: "true"}')}\n---\n${OF_GATEWAYS}`],
  ['MESH-AUTHZ-UNKNOWN-ACCOUNT', 'runs as istio-ingressgateway-service-account, not as istio-proxy', `${OPERATOR()}\n---\n${POLICY('example.org/ns/istio-system/sa/istio-proxy')}`,
    `${OPERATOR()}\n---\n${POLICY('example.org/ns/istio-system/sa/istio-ingressgateway-service-account')}`],
  ['MESH-GATEWAY-SVID', 'gateway istio-egressgateway has no overlay', OPERATOR(EGRESS) + OF_SPIRE, OPERATOR(EGRESS.replace('enabled: true', 'enabled: false')) + OF_SPIRE],
  ['MESH-GATEWAY-SOCKET', 'where istio-agent does not look', OPERATOR(MOUNT('/run/spire')), OPERATOR(MOUNT('/run/secrets/workload-spiffe-uds'))],
  ['MESH-GATEWAY-SOCKET', 'is a hostPath', OPERATOR().replace('csi: {driver: csi.spiffe.io, readOnly: true}', 'hostPath: {path: /run/spire}'), OPERATOR()],
  ['MESH-TELEMETRY-TAGS', '"${source.a}" is no CEL', METRIC('${source.a}'), METRIC('request.host')],
  ['MESH-TELEMETRY-ONE', 'app: web in namespace b has the Telemetry a already', `${SELECTED('a', 'web')}---\n${SELECTED('c', 'web')}`, `${SELECTED('a', 'web')}---\n${SELECTED('c', 'api')}`],
  ['MESH-IDENTITY-HEADER', 'the policy believes the header x-spiffe-id', WHEN('request.headers[x-spiffe-id]', 'spiffe://example.org/web'), WHEN('request.headers[x-tenant]', 'blue')],
  ['MESH-IDENTITY-HEADER', 'the route looks at the header x-spiffe-id', HTTP_ROUTE('x-spiffe-id'), HTTP_ROUTE('x-tenant')],
  ['MESH-AUTHZ-REQUEST-PRINCIPAL', 'has no spiffe:// in front', WHEN('request.auth.claims[sub]', 'example.org/ns/a/sa/b'), WHEN('request.auth.claims[sub]', 'spiffe://example.org/ns/a/sa/b')],
  ['OBS-LABEL-VALUE', 'reporter is never "client"', QUERY('rate(istio_requests_total{reporter="client"}[5m])'), QUERY('rate(istio_requests_total{reporter="waypoint"}[5m])')],
  ['OBS-LABEL-VALUE', 'not the authorizer "opa"', QUERY('rate(envoy_cluster_ext_authz_denied{envoy_cluster_name="opa"}[5m])'), QUERY('rate(envoy_cluster_ext_authz_denied{envoy_cluster_name="app"}[5m])')],
  ['OBS-QUANTILE-LE', 'by (a) drops the label le', QUERY('histogram_quantile(0.9, sum by (a) (rate(b_bucket[5m])))'), QUERY('histogram_quantile(0.9, sum by (a, le) (rate(b_bucket[5m])))')],
  ['OBS-GAUGE-RATE', 'rate of spire_server_started', QUERY('rate(spire_server_started[5m])'), QUERY('absent(spire_server_started)')],
  ['SPIRE-ID-SELECTS-NOTHING', 'no pod has istio: ingress-gateway', ID('spiffe://{{ .TrustDomain }}/a').replace('spec: {', 'spec: {podSelector: {matchLabels: {istio: ingress-gateway}}, '),
    ID('spiffe://{{ .TrustDomain }}/a').replace('spec: {', 'spec: {podSelector: {matchLabels: {istio: ingressgateway}}, ')],
  ['OPA-PRINCIPAL', 'the star is taken literally', { 'a.rego': CALLER('spiffe://a.org/ns/b/sa/*') }, { 'a.rego': CALLER('spiffe://a.org/ns/b/sa/c') }],
  ['OPA-NEVER', 'parsed_path is a list of parts', { 'a.rego': PATHS('input.parsed_path == "/cart"') }, { 'a.rego': PATHS('input.parsed_path == ["cart"]') }],
  ['OPA-PATH', 'compared with its query', { 'a.rego': PATHS('endswith(input.attributes.request.http.path, "/cart")') }, { 'a.rego': PATHS('startswith(input.attributes.request.http.path, "/cart/")') }],
  ['OPA-PORT', 'OPA listens on 127.0.0.1 only', OPA('127.0.0.1:9191'), OPA(':9191')],
  ['OPA-PROBE', 'OPA listens on localhost:8282 only', OPA(':9191', '--diagnostic-addr=localhost:8282'), OPA(':9191', '--diagnostic-addr=0.0.0.0:8282')],
  ['OPA-NO-CONFIG', 'nothing is mounted at /etc/opa.yaml', OPA(':9191', '--config-file=/etc/opa.yaml'), OPA(':9191')],
  ['OPS-VAULT-SCRIPT', 'a star is literal', VAULT_JOB('').replace('bound_subject=spiffe://example.org/web', 'bound_claims={"sub":"spiffe://example.org/*"}'), VAULT_JOB('')],
  ['ENVOY-OLD-TYPES', 'transport_api_version V2 is gone', ENVOY('ROOTCA', 'spiffe://a.org/b').replace('transport_api_version: V3', 'transport_api_version: V2'), ENVOY('ROOTCA', 'spiffe://a.org/b')],
  ['ENVOY-CLUSTER-TYPE', 'its endpoint is a socket', ENVOY('ROOTCA', 'spiffe://a.org/b').replace('type: STATIC', 'type: STRICT_DNS'), ENVOY('ROOTCA', 'spiffe://a.org/b')],
  ['ENVOY-SAN-WIDE', 'takes every identity of the trust domain', ENVOY('ROOTCA', 'x').replace('exact: "x"', 'prefix: "spiffe://a.org/"'), ENVOY('ROOTCA', 'x').replace('exact: "x"', 'prefix: "spiffe://a.org/ns/b/"')],
  ['ENVOY-NO-CERTIFICATE', 'spiffe://a.org/b is called without a certificate', UPSTREAM(''), UPSTREAM('tls_certificate_sds_secret_configs: [{name: default}], ')],
  ['OPS-REFERENCE-MISSING', 'Secret db has no key password; it has pass', ENV_OF('pass'), ENV_OF('password')],
  ['HELM-VALUE', 'namespaceSelector has no matchNames', HELM(IDENTITY('namespaceSelector: {matchNames: [shop]}')), HELM(IDENTITY('namespaceSelector: {matchLabels: {a: b}}'))],
  ['HELM-VALUE', '.PodMeta.Label does not exist', HELM(IDENTITY('spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/{{ .PodMeta.Label.a }}"')), HELM(IDENTITY('spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/{{ .PodMeta.Name }}"'))],
  ['HELM-VALUE', 'is no regular expression', HELM('controllerManager: {ignoreNamespaces: ["a("]}'), HELM('controllerManager: {ignoreNamespaces: ["^a$"]}')],
  ['HELM-VALUE', 'is the own trust domain', HELM(PARTNER('example.org', 'type: https_web')), HELM(PARTNER('partner.org', 'type: https_web'))],
  ['HELM-VALUE', 'scheme is missing', HELM(PARTNER('partner.org', 'type: https_spiffe, endpointSPIFFEID: partner.org/a')), HELM(PARTNER('partner.org', 'type: https_spiffe, endpointSPIFFEID: "spiffe://partner.org/a"'))],
  ['HELM-VALUE', 'agents mount mine', HELM('', 'bundleConfigMap: mine'), HELM('bundleConfigMap: mine', 'bundleConfigMap: mine')],
  ['HELM-VALUE', 'rebootstrapMode "on" is none of', HELM('', 'rebootstrapMode: "on"'), HELM('', 'rebootstrapMode: auto')],
  ['SPIRE-ID-ADMIN', 'admin: true for the pods of identity web', HELM(IDENTITY('admin: true')), HELM(IDENTITY('admin: false'))],
  ['SPIRE-DB-TLS', 'sslmode is require', HELM(DATABASE('require')), HELM(DATABASE('verify-full'))],
  ['SPIRE-STATE-LOST', 'the datastore is in an emptyDir', HELM('persistence: {type: emptyDir}'), HELM('persistence: {type: pvc}')],
  ['FED-BOOTSTRAP', 'https_spiffe of partner without trustDomainBundle', HELM(PARTNER('partner.org', 'type: https_spiffe, endpointSPIFFEID: "spiffe://partner.org/a"')), HELM(PARTNER('partner.org', 'type: https_web'))],
  ['FED-ENDPOINT', 'has a port above 65535', RELATION('spiffe://partner.org/a').replace('spire.partner.org', 'spire.partner.org:84430'), RELATION('spiffe://partner.org/a').replace('spire.partner.org', 'spire.partner.org:8443')],
  ['SPIRE-BUNDLE-OWNED', 'binaryData has the key "bundle.pem"', PUBLISHED('binaryData'), PUBLISHED('data').replace('bundle.pem: ""', 'other: ""')],
  ['SPIRE-OPENSHIFT', 'clusterName "Prod_1" is no DNS label', OPENSHIFT('Prod_1'), OPENSHIFT('prod-1')],
  ['OPS-FLUX-HEALTH', 'has no conditions', FLUX('status.conditions.exists(c, c.type == "Ready")'), FLUX('status.stats.entryFailures == 0')],
  ['OPS-SYNC-WAVE', 'whose webhook has failurePolicy Fail', WAVES('Fail'), WAVES('Ignore')],
  ['OPS-HOST-NETWORK-POLICY', 'to Cilium they are the entities', CILIUM_POLICY('9443'), CILIUM_POLICY('8081')],
  ['OPS-KUBE-JWT', 'users are called after the claim email', `${USER('spiffe://example.org/ci')}\n---\n${TOKENS('https://a.b').replace('claim: sub', 'claim: email')}`, `${USER('spiffe://example.org/ci')}\n---\n${TOKENS('https://a.b')}`],
  ['LINKERD-EXTERNAL-WORKLOAD', 'SPIRE has example.org', `${SERVER('')}---\n${MACHINE('spiffe://root.linkerd.cluster.local/vm')}`, `${SERVER('')}---\n${MACHINE('spiffe://example.org/vm')}`],
  ['SPIRE-MANAGERS-FIGHT', 'each deletes the relations of the other', TWO_MANAGERS(''), TWO_MANAGERS('\nreconcile: {clusterSPIFFEIDs: true, clusterStaticEntries: true, clusterFederatedTrustDomains: false}')],
  ['MESH-GATEWAY-ENTRY', 'selects the pods of gateway edge', `${GATEWAY_CHART('')}---\n${OF_GATEWAYS}`, `${GATEWAY_CHART('labels: {spiffe.io/enabled: "true"}, ')}---\n${OF_GATEWAYS}`],
  ['MESH-GATEWAY-ENTRY', 'selects the pods of Gateway edge', `${GATEWAY_API('')}---\n${OF_GATEWAYS}`, `${GATEWAY_API('metadata: {labels: {spiffe.io/enabled: "true"}}, ')}---\n${OF_GATEWAYS}`],
  ['MESH-GATEWAY-SOCKET', 'workload-socket is a hostPath', GATEWAY_CHART('volumes: [{name: workload-socket, hostPath: {path: /run/spire}}], '), GATEWAY_CHART('')],
  ['MESH-GATEWAY-OVERLAY', 'istiod does not look for the label', GATEWAY_API('').replace('name: edge-options, namespace: a', 'name: other, namespace: a, labels: {gateway.istio.io/default-for-class: istio}').replace(/  infrastructure.*\n/, ''),
    GATEWAY_API('').replace('name: edge-options, namespace: a', 'name: other, namespace: a, labels: {gateway.istio.io/defaults-for-class: istio}').replace(/  infrastructure.*\n/, '')],
  ['OPS-SPIRE-COMMAND', 'spire-server entry has no list', SCRIPT('kubectl exec spire-server-0 -- /opt/spire/bin/spire-server entry list'), SCRIPT('kubectl exec spire-server-0 -- /opt/spire/bin/spire-server entry show')],
  ['OPS-ISTIOCTL-COMMAND', 'istioctl has no command authn', SCRIPT('istioctl authn tls-check web.shop'), SCRIPT('istioctl x describe pod web')],
  ['OPS-SCRATCH-IMAGE', 'the image of spire-server has no sh', SCRIPT('kubectl exec spire-server-0 -c spire-server -- sh -c ls'), SCRIPT('# kubectl exec spire-server-0 -- sh')],
  ['OPS-BACKUP-JOB', 'lets two runs overlap', DUMP('').replace('schedule: "0 1 * * *"', 'schedule: "0 1 * * *", concurrencyPolicy: Allow').replace('{spec: {template', '{spec: {activeDeadlineSeconds: 600, template'),
    DUMP('').replace('schedule: "0 1 * * *"', 'schedule: "0 1 * * *", concurrencyPolicy: Forbid').replace('{spec: {template', '{spec: {activeDeadlineSeconds: 600, template')],
  ['HELM-VALUE', 'github has neither allowedRepositoryOwners nor allowedRepositories', EXCHANGE(''), EXCHANGE(', allowedRepositoryOwners: [acme]')],
  ['OBS-LABEL-VALUE', 'status is never "error"', QUERY('rate(spire_agent_node_attest{status="error"}[5m])'), QUERY('rate(spire_agent_node_attest{status!="OK"}[5m])')],
  ['OBS-LABEL-VALUE', 'status is never "ok": SPIRE writes OK', QUERY('rate(spire_agent_node_attest{status!="ok"}[5m])'), QUERY('rate(spire_agent_node_attest{status="PermissionDenied"}[5m]) + up{status="up"}')],
  ['OBS-TRUST-DOMAIN-LABEL', 'off by default', QUERY('sum by (trust_domain) (rate(spire_agent_node_attest[5m]))'), QUERY('spire_agent_started{trust_domain_id="a_b"}')],
  ['OBS-DASHBOARD', 'nothing loads the dashboard of board', DASHBOARD(''), DASHBOARD(', labels: {grafana_dashboard: "1"}')],
  ['OPS-HOST-PORT', 'port 10250/TCP is the kubelet\'s', PORT(10250), PORT(10251)],
  ['OPS-SPIFFE-SUBJECT', 'path cannot have a trailing slash', USER('spiffe://example.org/ci/'), USER('spiffe://example.org/ci')],
  ['OPS-KUBE-JWT', 'is not SPIRE\'s jwt_issuer', `${SERVER('')}---\n${USER('spiffe://example.org/ci')}\n---\n${TOKENS('https://login.example.com')}`,
    `${SERVER('')}---\n${USER('people:jane')}\n---\n${TOKENS('https://login.example.com')}`],
  ['OPS-VAULT-JWT', '"https://oidc.example.com" is not SPIRE\'s jwt_issuer', `${SERVER('')}---\n${VAULT_CONFIG('https://oidc.example.com')}`, `${SERVER('')}---\n${VAULT_CONFIG('https://oidc.example.org')}`],
  ['OPS-VAULT-TTL', 'token_ttl is 1d', VAULT_JOB('token_ttl=1d'), VAULT_JOB('token_ttl=20m')],
  ['OPS-DB-PLAINTEXT', 'pg_dump without sslmode', DUMP('{name: DATABASE_URL, value: "postgres://spire@db/spire"}'), DUMP('')],
  ['LINKERD-EXTERNAL-WORKLOAD', 'trailing slash', MACHINE('spiffe://root.linkerd.cluster.local/vm/'), MACHINE('spiffe://root.linkerd.cluster.local/vm')],
  ['LINKERD-AUTHENTICATION', 'is no SPIFFE ID', AUTHENTICATION('spiffe://Root.linkerd/vm'), AUTHENTICATION('spiffe://root.linkerd/vm')],
  ['CILIUM-DELEGATE', 'no agent has an admin_socket_path', CILIUM + AGENT(''), CILIUM + AGENT('', 'admin_socket_path = "/run/admin/a.sock"\n  authorized_delegates = ["spiffe://example.org/cilium-agent"]')],
  ['OPA-SPIFFE-INDEX', '"web" is a service account', { 'a.rego': REGO('web'), 'b.yaml': ACCOUNT }, { 'a.rego': REGO('shop'), 'b.yaml': ACCOUNT }],
])('%s fails with %s', (rule, message, wrong, right) => {
  expect([...new Set(found(rule, wrong))]).toEqual([expect.stringContaining(message)]);
  expect(found(rule, right)).toEqual([]);
});

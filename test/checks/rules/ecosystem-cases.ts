import { Case } from '../cases';

const F = 'operations.yaml';

export const OBJECT = (version: string, kind: string, spec: string, name = 'one'): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: eco}\nspec: ${spec}\n---\n`;
export const LINKERD = 'policy.linkerd.io/v1alpha1';
export const VSO = 'secrets.hashicorp.com/v1beta1';
export const OPERATOR = 'redhatcop.redhat.io/v1alpha1';
export const ROLE = (bound: string): string => OBJECT(OPERATOR, 'JWTOIDCAuthEngineRole', `{path: spire, name: a, roleType: jwt, userClaim: sub, boundAudiences: [vault], tokenPolicies: [web]${bound}}`);
export const SIGN = (capabilities: string): string => OBJECT(OPERATOR, 'Policy', `{type: acl, policy: 'path "pki/root/sign-intermediate" { capabilities = [${capabilities}] }'}`);
export const TRUST = (condition: string): string => OBJECT('iam.services.k8s.aws/v1alpha1', 'Role', '{assumeRolePolicyDocument: \'{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", '
  + `"Principal": {"Federated": "arn:a"}, "Condition": {${condition}}}]}'}`);
export const WORKFLOW = (permissions: string, inputs = 'method: jwt, role: ci', on = 'push'): string =>
  `on: ${on}\npermissions: ${permissions}\njobs: {deploy: {steps: [{run: make}, {uses: hashicorp/vault-action@v3, with: {${inputs}}}]}}\n`;
export const ISSUER = (spec: string): string => OBJECT('cert-manager.io/v1', 'Certificate', `{secretName: linkerd-identity-issuer, issuerRef: {name: a}, commonName: identity.linkerd.cluster.local, ${spec}}`);
export const CILIUM = (install: boolean): string => `authentication: {enabled: true, mutual: {spire: {enabled: true, trustDomain: example.org, install: {enabled: ${install}}}}}\n---\n`;
export const AGENT = (delegates: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: eco}
data:
  agent.conf: |
    agent {
      trust_domain = "example.org"
      server_address = "spire-server"
      server_port = 8081
      data_dir = "/run/spire"
      admin_socket_path = "/run/spire/admin/admin.sock"
      ${delegates}
    }
    plugins { NodeAttestor "k8s_psat" { plugin_data { cluster = "demo" } } KeyManager "memory" { plugin_data {} } WorkloadAttestor "k8s" { plugin_data {} } }
---
`;
export const SERVER = (domain: string, type: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: server, namespace: eco}
data:
  server.conf: |
    server {
      trust_domain = "${domain}"
      data_dir = "/run/spire"
      ca_key_type = "${type}"
    }
    plugins { KeyManager "memory" { plugin_data {} } }
---
`;
export const CLOSED = (port: number, more = ''): string => OBJECT('networking.k8s.io/v1', 'NetworkPolicy', `{podSelector: {matchLabels: {app: eco}}, policyTypes: [Ingress], ingress: [{ports: [{port: ${port}}]}]}`)
  + OBJECT('v1', 'Service', `{${more}selector: {app: eco}, ports: [{port: 443, targetPort: 8443}]}`)
  + 'apiVersion: v1\nkind: Pod\nmetadata: {name: eco, namespace: eco, labels: {app: eco}}\nspec: {containers: [{name: a, image: "ghcr.io/spiffe/oidc-discovery-provider:1.15.3"}]}\n---\n';
export const MONITOR = (app: string): string => OBJECT('monitoring.coreos.com/v1', 'ServiceMonitor', `{selector: {matchLabels: {app: ${app}}}, endpoints: [{port: prom}]}`)
  + 'apiVersion: v1\nkind: Service\nmetadata: {name: eco, namespace: eco, labels: {app: eco}}\nspec: {ports: [{name: prom, port: 9988}]}\n---\n';
export const POLICY = (name: string): string => OBJECT(LINKERD, 'AuthorizationPolicy', `{targetRef: {group: policy.linkerd.io, kind: Server, name: web}, requiredAuthenticationRefs: [{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: ${name}}]}`)
  + OBJECT(LINKERD, 'MeshTLSAuthentication', '{identities: [a.b.serviceaccount.identity.linkerd.cluster.local]}', 'front');
export const LOGIN = (name: string): string => OBJECT(VSO, 'VaultStaticSecret', `{vaultAuthRef: ${name}, mount: kv, type: kv-v2, path: a, destination: {name: a}}`) + OBJECT(VSO, 'VaultAuth', '{method: jwt, mount: a, jwt: {role: a, secretRef: a}}', 'web');

const ENTRY = '{issuer: {url: "https://a.example", audiences: [a]}, claimMappings: {username: {claim: sub, prefix: ""}}}';

/** What programs beside SPIRE and the mesh have wrong. */
export const ECOSYSTEM: Case[] = [
  ['CILIUM-ALWAYS-FAIL', F, '', OBJECT('cilium.io/v2', 'CiliumNetworkPolicy', '{endpointSelector: {}, egress: [{toEndpoints: [{}], authentication: {mode: test-always-fail}}]}')],
  ['CILIUM-DELEGATE', F, '', CILIUM(false) + AGENT('')],
  ['LINKERD-ISSUER', F, '', ISSUER('isCA: true, privateKey: {algorithm: RSA}')],
  ['LINKERD-KEY-TYPE', F, '', SERVER('root.linkerd.cluster.local', 'ec-p384')],
  ['LINKERD-AUTHENTICATION', F, '', OBJECT(LINKERD, 'MeshTLSAuthentication', '{identities: [a.b.serviceaccount.linkerd.cluster.local]}')],
  ['LINKERD-SERVER', F, '', OBJECT('policy.linkerd.io/v1beta3', 'Server', '{podSelector: {}, externalWorkloadSelector: {}, port: 80}')],
  ['OBS-GAUGE-RATE', F, '', OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', '{groups: [{name: a, rules: [{alert: A, expr: "rate(spire_agent_workload_api_connections[5m]) > 1"}]}]}')],
  ['OBS-SPIRE-METRIC', F, '', OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', '{groups: [{name: a, rules: [{alert: A, expr: "rate(spire_agent_rpc_workload_api_fetch_x509_svid[5m]) > 1"}]}]}')],
  ['OPS-NETWORK-PEER', F, '', OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, egress: [{ports: [{port: "8081"}]}]}')],
  ['OPS-NETWORK-PEER', F, '', OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, ingress: [{ports: [{port: 8081, endPort: 8080}]}]}')],
  ['OPS-NETWORK-PEER', F, '', OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16, except: [10.1.0.0/24]}}]}]}')],
  ['OPS-SYNC-WAVE', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hook, namespace: eco, annotations: {argocd.argoproj.io/hook: "Sync,PostSynch"}}'],
  ['OBS-SCRAPE-TIMEOUT', F, '', OBJECT('monitoring.coreos.com/v1', 'PodMonitor', '{selector: {}, podMetricsEndpoints: [{port: a, interval: 10s, scrapeTimeout: 1m}]}')],
  ['OBS-LABEL-VALUE', F, '', OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', '{groups: [{name: a, rules: [{alert: A, expr: \'rate(istio_requests_total{reporter="destination",response_code="5.."}[5m]) > 1\'}]}]}')],
  ['LINKERD-REFERENCE', F, '', POLICY('front').replace('kind: MeshTLSAuthentication, name', 'kind: MeshTlsAuthentication, name')],
  ['OPS-KUBE-JWT', F, '', `apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt: [${ENTRY}, ${ENTRY}]`],
  ['OPS-KUBE-JWT', F, '', 'apiVersion: apiserver.config.k8s.io/v1beta2\nkind: AuthenticationConfiguration\njwt: []'],
  ['LINKERD-REFERENCE', F, '', POLICY('fronts')],
  ['OBS-MONITOR-SELECTS', F, '', MONITOR('echo')],
  ['OBS-RECEIVER', F, '', OBJECT('monitoring.coreos.com/v1alpha1', 'AlertmanagerConfig', '{route: {receiver: a, routes: [{receiver: b}]}, receivers: [{name: a}]}')],
  ['OPS-AWS-TRUST', F, '', TRUST('"StringEquals": {"oidc.example:aud": "sts"}')],
  ['OPS-CI-TOKEN', F, '', WORKFLOW('{contents: read}')],
  ['OPS-CI-TOKEN', F, '', 'deploy: {script: ["vault write auth/jwt/login role=ci jwt=$CI_JOB_JWT_V2"]}'],
  ['OPS-VAULT-OPEN-ROLE', F, '', ROLE('')],
  ['OPS-VAULT-TTL', F, '', ROLE(', boundSubject: "spiffe://a.example/b", tokenTTL: 24h')],
  ['OPS-VAULT-REFERENCE', F, '', LOGIN('webs')],
  ['OPS-VAULT-SIGN', F, '', SIGN('"read"')],
];

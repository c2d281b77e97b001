import { AGENT, CILIUM, CLOSED, ISSUER, LINKERD, LOGIN, MONITOR, OBJECT, POLICY, ROLE, SERVER, SIGN, TRUST, WORKFLOW } from './ecosystem-cases';
import { found } from '../cases';

test.each<[string, string, string]>([
  ['CILIUM-ALWAYS-FAIL', 'authentication that is asked for', OBJECT('cilium.io/v2', 'CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{authentication: {mode: required}}]}')],
  ['CILIUM-DELEGATE', 'a SPIRE that knows the agent of Cilium', CILIUM(false) + AGENT('authorized_delegates = ["spiffe://example.org/cilium-agent"]')],
  ['CILIUM-DELEGATE', 'a SPIRE that comes with Cilium', CILIUM(true) + AGENT('')],
  ['LINKERD-ISSUER', 'a certificate of a CA', ISSUER('isCA: true, privateKey: {algorithm: ECDSA}')],
  ['LINKERD-KEY-TYPE', 'a server of others', SERVER('example.org', 'rsa-2048')],
  ['LINKERD-KEY-TYPE', 'a key on P-256', SERVER('root.linkerd.cluster.local', 'ec-p256')],
  ['LINKERD-REFERENCE', 'an authentication that is there', POLICY('front')],
  ['LINKERD-REFERENCE', 'a Server where none is seen', POLICY('front').replace('name: web', 'name: webs')],
  ['OBS-MONITOR-SELECTS', 'a Service that is there', MONITOR('eco')],
  ['OBS-MONITOR-SELECTS', 'a namespace that a chart fills', MONITOR('echo') + OBJECT('helm.toolkit.fluxcd.io/v2', 'HelmRelease', '{chart: {spec: {chart: a}}}')],
  ['LINKERD-SERVER', 'pods', OBJECT('policy.linkerd.io/v1beta3', 'Server', '{podSelector: {}, port: 80}')],
  ['OBS-GAUGE-RATE', 'connections that were opened', OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', '{groups: [{name: a, rules: [{alert: A, expr: "rate(spire_agent_workload_api_connection[5m]) > 1"}]}]}')],
  ['OPS-NETWORK-PEER', 'a part of a range, and ports that follow each other', OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32, 10.0.0.0/8]}}], ports: [{port: 8081, endPort: 8090}]}]}')],
  ['OBS-SCRAPE-TIMEOUT', 'a short wait', OBJECT('monitoring.coreos.com/v1', 'PodMonitor', '{selector: {}, podMetricsEndpoints: [{interval: 1m30s, scrapeTimeout: 80s}]}')],
  ['OPS-NETWORK-PEER', 'a port by name', OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, egress: [{ports: [{port: http-2}]}]}')],
  ['OBS-RECEIVER', 'receivers that are defined', OBJECT('monitoring.coreos.com/v1alpha1', 'AlertmanagerConfig', '{route: {receiver: a, routes: [{matchers: []}]}, receivers: [{name: a}]}')],
  ['OPS-AWS-TRUST', 'one workload', TRUST('"StringEquals": {"oidc.example:aud": "sts", "oidc.example:sub": "spiffe://a.example/ns/b/sa/c"}')],
  ['OPS-AWS-TRUST', 'a namespace', TRUST('"StringLike": {"oidc.example:sub": ["spiffe://a.example/ns/b/*"]}')],
  ['OPS-CI-TOKEN', 'a job with the permission', WORKFLOW('{contents: read, id-token: write}')],
  ['OPS-CI-TOKEN', 'another way to log in', WORKFLOW('{contents: read}', 'method: token, token: a')],
  ['OPS-CI-TOKEN', 'a workflow that others call', WORKFLOW('{contents: read}', 'method: jwt', '{workflow_call: {}}')],
  ['OPS-CI-TOKEN', 'a token of GitLab', 'deploy: {id_tokens: {CI_JOB_JWT: {aud: a}}, script: ["vault write auth/jwt/login jwt=$CI_JOB_JWT"]}'],
  ['OPS-POLICY-CLOSED', 'a port that is open', CLOSED(8443)],
  ['OPS-POLICY-CLOSED', 'a Service that nobody calls', CLOSED(8008).replace('ghcr.io/spiffe/oidc-discovery-provider:1.15.3', 'a:1')],
  ['OPS-POLICY-CLOSED', 'a Service of a StatefulSet', CLOSED(8008, 'clusterIP: None, ')],
  ['OPS-VAULT-OPEN-ROLE', 'a bound subject', ROLE(', boundSubject: "spiffe://a.example/b"')],
  ['OPS-VAULT-OPEN-ROLE', 'bound claims', ROLE(', boundClaims: {sub: "spiffe://a.example/*"}, boundClaimsType: glob')],
  ['OPS-VAULT-REFERENCE', 'a login that is there', LOGIN('web')],
  ['OPS-VAULT-REFERENCE', 'a login of another namespace', LOGIN('other/web')],
  ['OPS-VAULT-SIGN', 'the right to update', SIGN('"update"')],
])('%s: not for %s', (rule, _, text) => {
  expect(found(rule, text)).toEqual([]);
});

test('fails for a Service whose port policies forget', () => {
  expect(found('OPS-POLICY-CLOSED', CLOSED(8008))).toEqual(['no NetworkPolicy lets anybody reach port 8443 of eco/eco']);
});

test('fails for what a role in a script leaves open', () => {
  const job = (bound: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: b}\nspec: {template: {spec: {containers: [{name: a, image: "vault:1", command: [sh, -c], args: ["vault write auth/jwt/role/ci role_type=jwt user_claim=sub bound_audiences=vault ${bound}token_policies=a"]}]}}}`;
  expect(found('OPS-VAULT-OPEN-ROLE', job(''))).toEqual(['auth/jwt/role/ci: there are neither bound_subject nor bound_claims']);
  expect(found('OPS-VAULT-OPEN-ROLE', job('bound_subject=spiffe://a.example/b '))).toEqual([]);
});

test('fails for a Secret of cert-manager that Linkerd reads in its own form', () => {
  const release = (scheme: string): string => OBJECT('helm.toolkit.fluxcd.io/v2', 'HelmRelease', `{chart: {spec: {chart: linkerd-control-plane}}, values: {identity: {issuer: {${scheme}}}}}`);
  const certificate = ISSUER('isCA: true, privateKey: {algorithm: ECDSA, size: 256}');
  expect(found('LINKERD-ISSUER', certificate + release('clockSkewAllowance: 20s'))).toEqual(['identity.issuer.scheme is not set, which is linkerd.io/tls: it looks for crt.pem in a Secret that has tls.crt']);
  expect(found('LINKERD-ISSUER', certificate + release('scheme: kubernetes.io/tls'))).toEqual([]);
  expect(found('LINKERD-ISSUER', certificate.replace('isCA: true', 'isCA: false'))).toEqual(['isCA is not true']);
  expect(found('LINKERD-ISSUER', certificate.replace('size: 256', 'size: 384'))).toEqual(['privateKey.size is 384']);
});

test('fails for SPIFFE IDs of pods that Linkerd names itself', () => {
  const identity = (id: string): string => OBJECT(LINKERD, 'MeshTLSAuthentication', `{identities: ["${id}"]}`)
    + 'apiVersion: v1\nkind: Pod\nmetadata: {name: front, namespace: eco, annotations: {linkerd.io/inject: enabled}}\nspec: {serviceAccountName: front, containers: [{name: a, image: "a:1"}]}';
  expect(found('LINKERD-IN-CLUSTER', identity('spiffe://a.example/ns/eco/sa/front'))).toEqual(['front shows front.eco.serviceaccount.identity.linkerd.cluster.local, not "spiffe://a.example/ns/eco/sa/front"']);
  expect(found('LINKERD-IN-CLUSTER', identity('spiffe://a.example/vm/one'))).toEqual([]);
});

test('fails for Cilium and a server that knows its operator, of two trust domains', () => {
  const server = (domain: string): string => SERVER(domain, 'ec-p256').replace('data_dir', `admin_ids = ["spiffe://${domain}/cilium-operator"]\n      data_dir`);
  expect(found('CILIUM-TRUST-DOMAIN', CILIUM(false) + server('other.org'))).toEqual(['Cilium has the trust domain "example.org", the server of its operator "other.org"']);
  expect(found('CILIUM-TRUST-DOMAIN', CILIUM(false) + server('example.org'))).toEqual([]);
  expect(found('CILIUM-DELEGATE', CILIUM(false) + SERVER('example.org', 'ec-p256'))).toEqual(['admin_ids does not have cilium-operator']);
});

test('fails for agents on the network of the node, known by their image', () => {
  const pods = (kind: string, name: string, pod: string): string => `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: eco}\nspec: {selector: {matchLabels: {app: ${name}}}, `
    + `template: {metadata: {labels: {app: ${name}}}, spec: {${pod}containers: [{name: a, image: "ghcr.io/spiffe/spire-${name}:1.15.3"}]}}}\n---\n`;
  const policy = OBJECT('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {matchLabels: {app: server}}, ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]}');
  expect(found('OPS-HOST-NETWORK-POLICY', policy + pods('StatefulSet', 'server', '') + pods('DaemonSet', 'agent', 'hostNetwork: true, '))).toEqual(['the agents have hostNetwork, and no ipBlock lets their nodes in']);
  expect(found('OPS-HOST-NETWORK-POLICY', policy + pods('StatefulSet', 'server', '') + pods('DaemonSet', 'agent', ''))).toEqual([]);
});

test('fails for what a client says of mutual TLS, and for buckets of SPIRE', () => {
  const rule = (expression: string): string => OBJECT('monitoring.coreos.com/v1', 'PrometheusRule', `{groups: [{name: a, rules: [{alert: A, expr: '${expression}'}]}]}`);
  expect(found('OBS-LABEL-VALUE', rule('istio_requests_total{reporter="source",connection_security_policy!="mutual_tls"} > 0'))).toEqual(['connection_security_policy is always "unknown" where reporter is "source"']);
  expect(found('OBS-LABEL-VALUE', rule('istio_requests_total{reporter="destination",connection_security_policy!="mutual_tls"} > 0'))).toEqual([]);
  expect(found('OBS-SPIRE-METRIC', rule('rate(spire_server_rpc_agent_v1_agent_attest_agent_elapsed_time_bucket[5m]) > 0')))
    .toEqual(['SPIRE has no metric spire_server_rpc_agent_v1_agent_attest_agent_elapsed_time_bucket: what it measures are summaries']);
});

test('fails for a user name out of a claim and an expression', () => {
  const config = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt: [{issuer: {url: "https://a.example", audiences: [k8s]}, claimMappings: {username: {claim: sub, prefix: "", expression: claims.sub}}}]';
  expect(found('OPS-KUBE-JWT', config)).toEqual(['claim and expression exclude each other: kube-apiserver refuses the file']);
});

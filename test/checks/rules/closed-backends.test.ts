import { fixture, found } from '../cases';

const DOCUMENT = (version: string, kind: string, name: string, namespace: string, rest: string): string =>
  `---\napiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${rest}\n`;
const POLICY = (namespace: string, spec: string): string => DOCUMENT('networking.k8s.io/v1', 'NetworkPolicy', 'closed', namespace, `spec: {${spec}}`);
const EGRESS = (namespace: string, rules: string): string => POLICY(namespace, `podSelector: {}, policyTypes: [Egress], egress: [${rules}]`);
const DNS = '{ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}';
const DATABASE = DOCUMENT('v1', 'Service', 'db', 'sql', 'spec: {selector: {app: db}, ports: [{port: 5432, targetPort: 15432}]}')
  + DOCUMENT('v1', 'Pod', 'db', 'sql', 'spec: {containers: [{name: db, image: "postgres:17"}]}').replace('namespace: sql}', 'namespace: sql, labels: {app: db}}')
  + '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: sql}\n';

describe('a server behind NetworkPolicies', () => {
  const server = (dsn: string, more = ''): string => {
    const text = fixture('spire.yaml').replace(/"sqlite3"\n.*\n/, () => `"postgres"\n        connection_string = "${dsn}"\n`);
    return text.replace('BundlePublisher', () => `${more}BundlePublisher`);
  };
  const VAULT = 'UpstreamAuthority "vault" { plugin_data { vault_addr = "https://vault.example.org:8200" } }\n      ';

  test.each([
    ['its database', server('host=db.example.org user=spire') + EGRESS('spire-server', `${DNS}, {ports: [{port: 443}]}`), 'reach db.example.org:5432, which DataStore "sql" calls'],
    ['a database as URL', server('postgres://spire@db.example.org:6432/spire') + EGRESS('spire-server', '{ports: [{port: 5432}]}'), 'reach db.example.org:6432'],
    ['a database outside of the cluster', server('host=db.example.org') + EGRESS('spire-server', '{to: [{namespaceSelector: {}}]}'), 'reach db.example.org:5432'],
    ['a Service in the port of its pods', server('host=db.sql.svc port=5432') + DATABASE + EGRESS('spire-server', '{ports: [{port: 5432}]}'), 'reach db.sql.svc:5432'],
    ['a Service in another namespace', server('host=db.sql') + DATABASE + EGRESS('spire-server', '{to: [{podSelector: {}}]}'), 'reach db.sql:5432'],
    ['a Service that is not seen', server('host=pg.sql.svc.cluster.local') + EGRESS('spire-server', DNS), 'reach pg.sql.svc.cluster.local:5432'],
    ['Vault', server('host=/run/db', VAULT) + EGRESS('spire-server', '{ports: [{port: 443}]}'), 'reach vault.example.org:8200, which UpstreamAuthority "vault" calls'],
  ])('fails to reach %s', (_, text, message) => {
    expect(found('SPIRE-BACKEND-CLOSED', text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['the port', server('host=db.example.org') + EGRESS('spire-server', '{ports: [{port: 5432}]}')],
    ['addresses', server('host=db.example.org') + EGRESS('spire-server', '{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 5432}]}')],
    ['the port of the pods', server('host=db.sql.svc port=5432') + DATABASE + EGRESS('spire-server', '{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: sql}}}], ports: [{port: 15432}]}')],
    ['a port, where that of the pods is not seen', server('host=pg.sql.svc') + EGRESS('spire-server', `${DNS}, {ports: [{port: 6432}]}`)],
    ['what comes out of the environment', server('host=${HOST}') + EGRESS('spire-server', DNS)],
    ['a database on the disk', fixture('spire.yaml') + EGRESS('spire-server', DNS)],
    ['the network of the node', server('host=db.example.org').replace('serviceAccountName: spire-server\n', 'serviceAccountName: spire-server\n      hostNetwork: true\n') + EGRESS('spire-server', DNS)],
    ['policies of Cilium', server('host=db.example.org') + EGRESS('spire-server', DNS) + DOCUMENT('cilium.io/v2', 'CiliumNetworkPolicy', 'a', 'spire-server', 'spec: {endpointSelector: {}}')],
  ])('is let reach by %s', (_, text) => {
    expect(found('SPIRE-BACKEND-CLOSED', text)).toEqual([]);
  });
});

describe('istiod behind NetworkPolicies', () => {
  const request = (rule: string): string => DOCUMENT('security.istio.io/v1', 'RequestAuthentication', 'jwt', 'shop', `spec: {jwtRules: [{issuer: "https://oidc.example.org", ${rule}}]}`);
  const KEYS = request('jwksUri: "https://oidc.example.org/keys"');

  test.each([
    ['policies for all pods', KEYS + EGRESS('istio-system', `${DNS}, {to: [{namespaceSelector: {}}]}`)],
    ['policies for istiod', KEYS + POLICY('istio-system', 'podSelector: {matchLabels: {app: istiod}}, policyTypes: [Egress], egress: [{ports: [{port: 6443}]}]')],
    ['the issuer alone', request('audiences: [a]') + EGRESS('istio-system', '{ports: [{port: 6443}]}')],
  ])('fails to fetch keys with %s', (_, text) => {
    expect(found('MESH-JWT-CLOSED', text)).toEqual(['no policy lets istiod reach oidc.example.org:443, where a RequestAuthentication has its keys']);
  });

  test.each([
    ['the port open', KEYS + EGRESS('istio-system', '{ports: [{port: 443}]}')],
    ['policies for gateways', KEYS + POLICY('istio-system', 'podSelector: {matchLabels: {istio: ingressgateway}}, policyTypes: [Egress]')],
    ['policies for callers', KEYS + POLICY('istio-system', 'podSelector: {}, policyTypes: [Ingress]')],
    ['the keys at hand', request('jwks: \'{"keys": []}\'') + EGRESS('istio-system', DNS)],
    ['Envoy to fetch them', KEYS + EGRESS('istio-system', DNS)
      + '---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {values: {pilot: {env: {PILOT_JWT_ENABLE_REMOTE_JWKS: hybrid}}}}\n'],
  ])('is let be with %s', (_, text) => {
    expect(found('MESH-JWT-CLOSED', text)).toEqual([]);
  });
});

describe('an OIDC discovery provider behind NetworkPolicies', () => {
  const PROVIDER = fixture('spire.yaml') + DOCUMENT('v1', 'Pod', 'oidc', 'spire-server', `spec:
  containers: [{name: oidc, image: "ghcr.io/spiffe/oidc-discovery-provider:1.15.3", args: [-config, /c/oidc.conf], volumeMounts: [{name: c, mountPath: /c}]}]
  volumes: [{name: c, configMap: {name: oidc}}]`).replace('namespace: spire-server}', 'namespace: spire-server, labels: {app: oidc}}');
  const policy = (ingress: string): string => POLICY('spire-server', `podSelector: {matchLabels: {app: oidc}}, policyTypes: [Ingress]${ingress}`);

  test('fails to be reached', () => {
    const MESSAGE = 'no policy lets anybody reach port 8080 of spire-server/oidc';
    expect(found('SPIRE-OIDC-CLOSED', PROVIDER + policy(''))).toEqual([MESSAGE]);
    expect(found('SPIRE-OIDC-CLOSED', PROVIDER + policy(', ingress: [{ports: [{port: 443}]}]'))).toEqual([MESSAGE]);
  });

  test('is reached through a port that is open, a socket, or ztunnel', () => {
    expect(found('SPIRE-OIDC-CLOSED', PROVIDER + policy(', ingress: [{ports: [{port: 15008}]}]'))).toEqual([]);
    expect(found('SPIRE-OIDC-CLOSED', PROVIDER + policy(', ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8080}]}]'))).toEqual([]);
    expect(found('SPIRE-OIDC-CLOSED', PROVIDER.replace('insecure_addr = ":8080"', 'listen_socket_path = "/run/oidc/socket"') + policy(''))).toEqual([]);
  });
});

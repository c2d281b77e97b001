import { FED_RULES } from '../../../src/checks/rules/fed';
import { Case, describeRules, findingsOf, fixture, found, rulesIn } from '../cases';
import { AUTHORITY } from '../fixtures/bundle-keys';

const F = 'spire.yaml';
const MESH = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio}\nspec:\n  meshConfig:\n    trustDomain: example.org\n';

const policy = (source: string, spec = ''): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: calls, namespace: shop}
spec: {rules: [{from: [{source: ${source}}]}]${spec}}
`;
const staticEntry = (spec: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterStaticEntry
metadata: {name: job}
spec: {className: spire, spiffeID: "spiffe://example.org/job", parentID: "spiffe://example.org/nodes", ${spec}}
`;

const remote = (san: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: far, namespace: shop}
spec:
  hosts: [api.pay.svc.cluster.local]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{number: 8080, name: http, protocol: HTTP}]
  endpoints: [{address: 192.0.2.1, ports: {http: 15443}}]
  subjectAltNames: [spiffe://partner.org/ns/pay/sa/api]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: far, namespace: shop}
spec: {host: api.pay.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL${san === '' ? '' : `, subjectAltNames: ["${san}"]`}}}}
`;

const CASES: Case[] = [
  ['FED-OWN-DOMAIN', F, 'federatesWith: [partner.org]', 'federatesWith: [example.org]'],
  ['FED-OWN-PARTNER', F, /(profile "https_spiffe" \{\}\n\s*\})/, `$1
        federates_with "example.org" {
          bundle_endpoint_url = "https://spire.example.org"
          bundle_endpoint_profile "https_web" {}
        }`],
  ['FED-UNKNOWN-PARTNER', F, 'federatesWith: [partner.org]', 'federatesWith: [other.org]'],
  ['FED-ENDPOINT', F, 'https://spire.partner.org', 'http://spire.partner.org'],
  ['FED-ENDPOINT', F, 'https://spire.partner.org', 'https://spire.partner.org:port'],
  ['FED-ENDPOINT', F, ', endpointSPIFFEID: spiffe://partner.org/spire/server', ''],
  ['FED-ENDPOINT', F, ', endpointSPIFFEID: spiffe://partner.org/spire/server', ', endpointSPIFFEID: spiffe://partner.org/spire/server, url: https://a'],
  ['FED-ENDPOINT', F, 'type: https_spiffe', 'type: https_web'],
  ['FED-LOCAL-ENDPOINT', F, '', `apiVersion: v1\nkind: Service\nmetadata: {name: pay, namespace: shop}\nspec: {ports: [{name: http, port: 80}]}\n---\n${remote('spiffe://partner.org/ns/pay/sa/api').replace(/address: [^,}\s]+/, 'address: pay.shop.svc.cluster.local')}`],
  ['FED-ENDPOINT-DOMAIN', F, 'endpointSPIFFEID: spiffe://partner.org/spire/server', 'endpointSPIFFEID: spiffe://third.org/spire/server'],
  ['FED-ENDPOINT-DOMAIN', F, /(profile "https_spiffe" \{\}\n\s*\})/, `$1
        federates_with "partner.org" {
          bundle_endpoint_url = "https://spire.partner.org"
          bundle_endpoint_profile "https_spiffe" { endpoint_spiffe_id = "spiffe://third.org/spire/server" }
        }`],
  ['FED-BOOTSTRAP', F, "  trustDomainBundle: '{\"keys\": []}'\n", ''],
  ['FED-UNUSED', F, '  federatesWith: [partner.org]\n', ''],
  ['FED-NO-BUNDLE-ENDPOINT', F, /federation \{[^]*?profile[^]*?\}\n\s*\}\n\s*\}/, ''],
  ['FED-SDS-NAMES', F, /sds \{[^]*$/, (`sds {
      }
    }
    plugins {}
---
apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterFederatedTrustDomain
metadata: {name: partner}
spec: {trustDomain: partner.org}
---
${MESH}`)],
  ['FED-MESH-DOMAINS', F, '', `${MESH}---\n${policy('{principals: [partner.org/ns/shop/sa/web]}')}`],
  ['FED-MESH-DOMAINS', F, '', `${MESH}---\n${policy('{trustDomains: [partner.org]}')}`],
  ['FED-BUNDLE', F, "'{\"keys\": []}'", '-----BEGIN CERTIFICATE-----'],
  ['FED-BUNDLE', F, "'{\"keys\": []}'", "'[]'"],
  ['FED-BUNDLE', F, '{"keys": []}', JSON.stringify({ keys: [{ ...AUTHORITY, x5c: [] }] })],
  ['FED-BUNDLE', F, '{"keys": []}', JSON.stringify({ keys: [AUTHORITY] })],
  ['FED-BUNDLE', F, '{"keys": []}', JSON.stringify({ keys: [{ ...AUTHORITY, use: 'sig' }] })],
  ['FED-TWICE', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: again}\nspec: {className: spire, trustDomain: partner.org}'],
  ['FED-ENDPOINT-SERVICE', F, 'targetPort: 8443', 'targetPort: 8081'],
  ['FED-ENDPOINT-SERVICE', F, 'targetPort: 8443', 'targetPort: bundle'],
  ['FED-ENDPOINT-CLOSED', F, 'ports: [{port: 8443}]', 'ports: [{port: 8081}]'],
  ['FED-ENDPOINT-CLOSED', F, 'from: [{ipBlock: {cidr: 0.0.0.0/0}}]', 'from: [{podSelector: {}}]'],
  ['FED-ENDPOINT-UNGUARDED', F, 'podSelector: {matchLabels: {app: spire-server}}, policyTypes', 'podSelector: {matchLabels: {app: other}}, policyTypes'],
  ['FED-ISTIO-VERSION', F, '', `${MESH}    caCertificates: [{trustDomains: [partner.org]}]\n  tag: 1.28.5`],
  ['FED-MESH-UNAWARE', F, '  federatesWith: [partner.org]\n', `---\n${MESH}`],
  ['FED-MESH-UNAWARE', F, '', MESH],
  ['FED-ALIAS', 'mesh.yaml', 'trustDomain: example.org\n', 'trustDomain: example.org\n    trustDomainAliases: [partner.org]\n'],
  ['FED-ALIAS', F, '', `${MESH}    trustDomainAliases: [partner.org]`],
  ['FED-ANY-DOMAIN-SOURCE', 'mesh.yaml', 'principals: [example.org/ns/shop/sa/web]}}]', 'namespaces: [shop]}}]'],
  ['FED-FETCH-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: out, namespace: spire-server}\nspec: {podSelector: {}, egress: [{ports: [{port: 6443}]}]}'],
  ['FED-ENDPOINT-SERVICE', F, 'address = "0.0.0.0"\n          port = 8443', 'address = "127.0.0.1"\n          port = 8443'],
  ['FED-REMOTE-GATEWAY', 'mesh.yaml', '  resolution: STATIC\n', ''],
  ['FED-REMOTE-SANS-DIFFER', F, '', remote('spiffe://example.org/ns/pay/sa/api')],
  ['FED-FAILOVER', 'mesh.yaml', '', 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: far, namespace: shop}\n'
    + 'spec: {host: api, trafficPolicy: {loadBalancer: {localityLbSetting: {failoverPriority: [topology.kubernetes.io/region]}}}}'],
];

// those that look at two clusters, or at gateways between them, have their cases in federation-twins.slow.ts
const IN_ONE = FED_RULES.filter(({ id }) => CASES.some(([rule]) => rule === id));

describeRules(IN_ONE, CASES);

test.each(['partner.org', 'example.org'])('an endpoint may show an identity of %s, whose bundle is here', domain => {
  const text = fixture(F).replace('endpointSPIFFEID: spiffe://partner.org/spire/server', `endpointSPIFFEID: spiffe://${domain}/bundles`);
  expect(rulesIn(text)).toEqual([]);
});

test('the first bundle is needed of the trust domain of the endpoint only', () => {
  const text = fixture(F).replace("  trustDomainBundle: '{\"keys\": []}'\n", '');
  expect(rulesIn(text)).toEqual(['FED-BOOTSTRAP']);
  expect(rulesIn(text.replace('endpointSPIFFEID: spiffe://partner.org/spire/server', 'endpointSPIFFEID: spiffe://example.org/relay'))).toEqual([]);
  expect(rulesIn(text.replace('endpointSPIFFEID: spiffe://partner.org', 'endpointSPIFFEID: spiffe://example.org'))).toEqual(['FED-ENDPOINT-DOMAIN']);
  expect(rulesIn(text.replace('endpointSPIFFEID: spiffe://partner.org', 'endpointSPIFFEID: spiffe://third.org'))).toEqual(['FED-ENDPOINT-DOMAIN']);
});

describe('a mesh that does not accept a federated trust domain', () => {
  const SEEN = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
  const allowed = policy('{principals: [partner.org/ns/shop/sa/web]}');
  const told = (change: (text: string) => string, ...more: string[]): string[] =>
    findingsOf(/^FED-(MESH-(DOMAINS|UNAWARE)|SDS-NAMES)$/, [change(fixture(F)), ...more].join('---\n')).map(({ rule }) => rule);
  const same = (text: string): string => text;
  const sdsOfSpire = (text: string): string => text.replace(/sds \{[^}]*\}/, 'sds {}');
  const byEntry = (spec: string) => (text: string): string => `${text.replace('  federatesWith: [partner.org]\n', '')}---\n${staticEntry(`${spec}, federatesWith: [partner.org]`)}`;

  test('is wrong where a policy names callers of it, and may be right where none does', () => {
    expect(told(same, MESH, allowed)).toEqual(['FED-MESH-DOMAINS']);
    expect(told(same, MESH)).toEqual(['FED-MESH-UNAWARE']);
    expect(told(same, MESH, allowed.replace('{rules', '{action: DENY, rules'))).toEqual(['FED-MESH-UNAWARE']);
    expect(told(same, MESH, policy('{notPrincipals: [partner.org/ns/shop/sa/web]}'))).toEqual(['FED-MESH-UNAWARE']);
    expect(told(same, MESH, policy('{principals: [partner.org/ns/shop/sa/web]}', ', targetRefs: [{kind: Gateway, name: in}]'))).toEqual(['FED-MESH-UNAWARE']);
    expect(told(same, MESH, policy('{principals: [other.org/ns/shop/sa/web]}'))).toEqual(['FED-MESH-UNAWARE']);
  });

  test('is right where only pods outside of the mesh federate, whatever names agents give to Istio\'s proxies', () => {
    expect(told(sdsOfSpire, MESH, allowed, SEEN)).toEqual([]);
    expect(told(sdsOfSpire, MESH, allowed, SEEN.replace('{name: shop}', '{name: shop, labels: {istio-injection: enabled}}'))).toEqual(['FED-SDS-NAMES', 'FED-MESH-DOMAINS']);
  });

  test('is seen by ClusterStaticEntries, too', () => {
    expect(told(byEntry('selectors: ["unix:uid:1000"]'), MESH, allowed)).toEqual([]);
    expect(told(byEntry('selectors: ["k8s:ns:shop", "k8s:sa:web"]'), MESH, allowed)).toEqual(['FED-MESH-DOMAINS']);
    expect(told(byEntry('selectors: ["k8s:ns:shop", "k8s:sa:web"]'), MESH, allowed, SEEN)).toEqual([]);
  });
});

describe('what federates by a ClusterStaticEntry', () => {
  const alone = fixture(F).replace('  federatesWith: [partner.org]\n', '');
  const told = (selectors: string): string[] => rulesIn([alone, policy('{principals: [partner.org/ns/shop/sa/web]}'),
    staticEntry(`selectors: [${selectors}], federatesWith: [partner.org]`)].join('---\n'), FED_RULES);

  test.each(['"k8s:ns:shop"', '"k8s:ns:shop", "k8s:sa:web"', '"k8s:pod-label:app:web"', '"unix:uid:1000"', '"k8s:ns:shop", "k8s:container-name:web"'])('pods may have it by %s', selectors => {
    expect(told(selectors)).toEqual([]);
  });

  test.each(['"k8s:ns:other"', '"k8s:ns:shop", "k8s:sa:api"', '"k8s:pod-label:app:api"', '"k8s:pod-label:tier:web"'])('fails where pods do not have it: %s', selectors => {
    expect(told(selectors)).toEqual(['FED-CALLED']);
  });

  test('fails where the relation stands in the configuration of the server', () => {
    const text = alone.replace(/kind: ClusterFederatedTrustDomain/, 'kind: Other').replace(/(profile "https_spiffe" \{\}\n\s*\})/, `$1
        federates_with "partner.org" {
          bundle_endpoint_url = "https://spire.partner.org"
          bundle_endpoint_profile "https_web" {}
        }`);
    const called = (...more: string[]): string[] => rulesIn([text, ...more].join('---\n'), FED_RULES);
    expect(called()).toEqual([]);
    expect(called(policy('{principals: [partner.org/ns/shop/sa/web]}'))).toEqual(['FED-CALLED']);
  });
});

const OBJECT = (kind: string, name: string, spec: string): string => `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`;

describe('one defect is told once', () => {
  const mesh = fixture('mesh.yaml');

  test('a name where an address is wanted', () => {
    expect(rulesIn(mesh.replace('address: 203.0.113.7', 'address: gateway.partner.org'))).toEqual(['MESH-SERVICE-ENTRY']);
  });

  test('a principal where a SPIFFE ID is wanted', () => {
    const rule = OBJECT('DestinationRule', 'far', '{host: far.example.org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: [partner.org/ns/shop/sa/web]}}}');
    expect(rulesIn(`${fixture(F)}---\n${rule}`)).toEqual(['MESH-SAN-SCHEME']);
  });

  test('a server that passes TLS through a protocol with which istiod refuses it', () => {
    const gateway = (protocol: string): string => OBJECT('Gateway', 'east', `{selector: {a: b}, servers: [{hosts: ["*.local"], port: {number: 15443, name: tls, protocol: ${protocol}}, tls: {mode: AUTO_PASSTHROUGH}}]}`);
    const told = (protocol: string): string[] => rulesIn(gateway(protocol)).filter(rule => ['FED-GATEWAY', 'MESH-GATEWAY-SERVER'].includes(rule));
    expect(['TCP', 'HTTP', 'TLS'].map(told)).toEqual([['MESH-GATEWAY-SERVER'], ['FED-GATEWAY'], []]);
  });
});

test('regions fail over where outlierDetection is that of the mesh', () => {
  const rule = OBJECT('DestinationRule', 'far', '{host: api, trafficPolicy: {loadBalancer: {localityLbSetting: {failoverPriority: [topology.kubernetes.io/region]}}}}');
  expect(rulesIn(`${MESH}---\n${rule}`)).toContain('FED-FAILOVER');
  expect(rulesIn(`${MESH}    defaultTrafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}}\n---\n${rule}`)).not.toContain('FED-FAILOVER');
});

test('a server need not reach the partners of another one', () => {
  const server = (name: string, partner: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: ${name}}
data:
  server.conf: |
    server {
      trust_domain = "${name}.org"
      federation { ${partner} }
    }
    plugins {}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}, namespace: ${name}}
spec:
  template:
    spec: {containers: [{name: spire-server, image: "ghcr.io/spiffe/spire-server:1.15.3"}], volumes: [{name: config, configMap: {name: ${name}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${name}}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: ${name === 'first' ? 443 : 6443}}]}]}
`;
  const partner = 'federates_with "partner.org" { bundle_endpoint_url = "https://spire.partner.org" bundle_endpoint_profile "https_web" {} }';
  const closed = (first: string, second: string): string[] => rulesIn(`${server('first', first)}---\n${server('second', second)}`).filter(rule => rule === 'FED-FETCH-CLOSED');
  expect(closed(partner, '')).toEqual([]);
  expect(closed('', partner)).toEqual(['FED-FETCH-CLOSED']);
});

test('the bundle of the partner itself is right', () => {
  const text = fixture(F).replace(/partner\.org/g, 'partner.example.org').replace('{"keys": []}', JSON.stringify({ keys: [AUTHORITY] }));
  expect(found('FED-BUNDLE', text)).toEqual([]);
});

test.each(['spiffe://partner.org/ns/pay/sa/api', ''])('a rule may say "%s", as its ServiceEntry does', san => {
  expect(found('FED-REMOTE-SANS-DIFFER', remote(san))).toEqual([]);
});

test('fails for an entry that federates with the trust domain of its own template', () => {
  const id = (domain: string, template = 'spiffe://a.example/web'): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "${template}", federatesWith: [${domain}]}`;
  expect(found('FED-OWN-DOMAIN', id('a.example'))).toEqual(['federatesWith has "a.example", the own trust domain']);
  expect(found('FED-OWN-DOMAIN', id('b.example'))).toEqual([]);
  expect(found('FED-OWN-DOMAIN', id('a.example', 'spiffe://{{ .TrustDomain }}/web'))).toEqual([]);
});

test('fails for a gateway of other clusters that only passes TLS, and for one of another network', () => {
  const gateway = (mode: string, host = '*.local'): string => `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: b}\nspec: {servers: [{port: {number: 15443, name: tls, protocol: TLS}, hosts: ["${host}"], tls: {mode: ${mode}}}]}`;
  expect(found('FED-GATEWAY', gateway('PASSTHROUGH'))).toEqual(['mode is PASSTHROUGH, only AUTO_PASSTHROUGH leads to the services of the cluster']);
  expect(found('FED-GATEWAY', gateway('AUTO_PASSTHROUGH'))).toEqual([]);
  expect(found('FED-GATEWAY', gateway('PASSTHROUGH', 'db.example.com'))).toEqual([]);
  const operator = (network: string): string => 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\n'
    + `spec: {values: {global: {network: west}}, components: {ingressGateways: [{name: east-west, label: {topology.istio.io/network: ${network}}}]}}`;
  expect(found('FED-NETWORK', operator('east'))).toEqual(['the gateway has network "east", the mesh "west"']);
  expect(found('FED-NETWORK', operator('west'))).toEqual([]);
});

test('the DestinationRule of a host of another cluster may stand in another file', () => {
  const entry = (location: string, more = ''): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: far, namespace: shop}
spec:
  hosts: [api.pay.remote]
  location: ${location}
  resolution: STATIC
  ports: [{number: 8080, name: http, protocol: HTTP}]
  endpoints: [{address: 192.0.2.1, ports: {http: 15443}}]
  subjectAltNames: [spiffe://partner.org/ns/pay/sa/api]
${more}`;
  expect(found('FED-REMOTE-SNI', entry('MESH_INTERNAL'))).toEqual([]);
  expect(found('FED-REMOTE-SNI', entry('MESH_EXTERNAL'))).toEqual([expect.stringContaining('is not set')]);
  expect(found('FED-REMOTE-SNI', entry('MESH_INTERNAL', `---\n${OBJECT('DestinationRule', 'near', '{host: web}')}`))).toEqual([expect.stringContaining('is not set')]);
});

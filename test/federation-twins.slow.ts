import { parseAllDocuments, stringify } from 'yaml';
import { exampleOutput } from './examples/example';
import { Engine } from '../src/checks/engine';
import { FED_RULES } from '../src/checks/rules/fed';

/** The manifests and values of an example by file, to be changed by hand. */
class Twin {
  private readonly read = new Map<string, any[]>();
  private readonly changed = new Set<string>();

  public constructor(private readonly files: { [path: string]: string }) {}

  /** Changes the one object of a kind and name in a cluster. */
  public edit(cluster: string, kind: string, name: string, change: (object: any) => void): void {
    const found = this.objects(cluster).filter(({ object }) => object?.kind === kind && object.metadata?.name === name);
    expect(found).toHaveLength(1);
    this.change(found[0].file, found[0].object, change);
  }

  /** Takes the one object of a kind and name away. */
  public remove(cluster: string, kind: string, name: string): void {
    expect(this.removeAll(cluster, kind, (object) => object.metadata.name === name)).toBe(1);
  }

  /** Takes away all objects of a kind that are so, at least one, and says how many. */
  public removeAll(cluster: string, kind: string, matches: (object: any) => boolean): number {
    const found = this.objects(cluster).filter(({ object }) => object?.kind === kind && matches(object));
    expect(found).not.toEqual([]);
    found.forEach(({ file, object }) => {
      this.read.set(file, this.documents(file).filter((one) => one !== object));
      this.changed.add(file);
    });
    return found.length;
  }

  /** Changes all objects of a kind, at least one of them. */
  public editAll(cluster: string, kind: string, change: (object: any) => void): void {
    const before = this.changed.size;
    this.objects(cluster).filter(({ object }) => object?.kind === kind).forEach(({ file, object }) => this.change(file, object, change));
    expect(this.changed.size).toBeGreaterThan(before);
  }

  public add(cluster: string, object: any): void {
    const file = `${cluster}/40-identities/added.k8s.yaml`;
    this.read.set(file, [...this.read.get(file) ?? [], object]);
    this.changed.add(file);
  }

  /** Changes the input of Istio's installation, in each of its forms; the change gets the Helm values. */
  public editMesh(cluster: string, change: (values: any, document: any) => void): void {
    for (const file of ['istiod-values', 'istio-operator', 'sail-istio'].map((name) => `${cluster}/artifacts/${name}.yaml`)) {
      const [document] = this.documents(file);
      this.change(file, document, () => change(valuesOf(document), document));
    }
  }

  public findings(): string[] {
    const engine = new Engine();
    new Set([...Object.keys(this.files), ...this.changed]).forEach((file) => {
      if (/\.ya?ml$/.test(file)) {
        engine.add({ file, text: this.changed.has(file) ? this.documents(file).map((one) => stringify(one)).join('---\n') : this.files[file] });
      }
    });
    return [...new Set(engine.run(FED_RULES).findings.map(({ rule }) => rule))].sort();
  }

  private objects(cluster: string): { file: string; object: any }[] {
    return Object.keys(this.files).filter((file) => file.startsWith(`${cluster}/`) && file.endsWith('.k8s.yaml'))
      .flatMap((file) => this.documents(file).map((object) => ({ file, object })));
  }

  private documents(file: string): any[] {
    const known = this.read.get(file) ?? parseAllDocuments(this.files[file]).map((document) => document.toJS());
    this.read.set(file, known);
    return known;
  }

  private change(file: string, object: any, change: (object: any) => void): void {
    const before = JSON.stringify(object);
    change(object);
    if (JSON.stringify(object) !== before) {
      this.changed.add(file);
    }
  }
}

/** meshConfig stands beside the values in an IstioOperator, and in them elsewhere. */
function valuesOf(document: any): any {
  if (document.kind === 'IstioOperator') {
    return { ...document.spec.values, meshConfig: document.spec.meshConfig };
  }
  return document.kind === 'Istio' ? document.spec.values : document;
}

const without = (text: string, block: RegExp) => {
  expect(text).toMatch(block);
  return text.replace(block, '');
};
const serverConf = (change: (text: string) => string) => (configMap: any) => { configMap.data['server.conf'] = change(configMap.data['server.conf']); };
const replace = (from: string | RegExp, to: string) => (text: string) => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};
const opensBundle = (rule: any) => (rule.ports ?? []).some((port: any) => port.port === 8443);
const closeBundle = (twin: Twin, cluster: string) => twin.editAll(cluster, 'NetworkPolicy', ({ spec }) => {
  spec.ingress = spec.ingress?.filter((rule: any) => !opensBundle(rule));
});
const relation = (change: (spec: any) => void) => (twin: Twin) => twin.edit('eu', 'ClusterFederatedTrustDomain', 'us.example.org', ({ spec }) => change(spec));
const remoteRule = (change: (tls: any) => void) => (twin: Twin) =>
  twin.edit('eu', 'DestinationRule', 'details-us', ({ spec }) => change(spec.trafficPolicy.tls));
const GATEWAY = 'istio-eastwestgateway';

/** Each field that has to agree: what goes wrong with it by hand, and the rule that sees it. */
const TWINS: [field: string, change: (twin: Twin) => void, rule: string][] = [
  // the bundle of the trusted cluster
  ['bundle_endpoint is missing', (twin) => twin.edit('us', 'ConfigMap', 'spire-server', serverConf((text) => without(text, /\n +federation \{[^]*?\n {2}\}/))),
    'FED-NO-BUNDLE-ENDPOINT'],
  ['bundle_endpoint has another profile', (twin) => twin.edit('us', 'ConfigMap', 'spire-server',
    serverConf(replace(/profile "https_spiffe" \{\s*\}/, 'profile "https_web" { acme { domain_name = "a.example.org" email = "a@example.org" tos_accepted = true } }'))),
  'FED-ENDPOINT-OTHER'],
  ['bundle_endpoint has another port', (twin) => twin.edit('us', 'ConfigMap', 'spire-server', serverConf(replace('port = 8443', 'port = 8444'))), 'FED-ENDPOINT-SERVICE'],
  ['the Service of the endpoint is missing', (twin) => twin.remove('us', 'Service', 'spire-server-bundle-endpoint'), 'FED-ENDPOINT-SERVICE'],
  ['the Service of the endpoint leads to another port', (twin) => twin.edit('us', 'Service', 'spire-server-bundle-endpoint',
    ({ spec }) => { spec.ports[0].targetPort = 8081; }), 'FED-ENDPOINT-SERVICE'],
  ['the Service of the endpoint selects nothing', (twin) => twin.edit('us', 'Service', 'spire-server-bundle-endpoint',
    ({ spec }) => { spec.selector = { app: 'other' }; }), 'FED-ENDPOINT-SERVICE'],
  ['the Service of the endpoint has another port', (twin) => twin.edit('us', 'Service', 'spire-server-bundle-endpoint',
    ({ spec }) => { spec.ports[0].port = 8443; }), 'FED-ENDPOINT-OTHER'],
  ['the endpoint has another DNS name', (twin) => twin.edit('us', 'Service', 'spire-server-bundle-endpoint', ({ metadata }) => {
    metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] = 'bundle.us.example.org';
  }), 'FED-ENDPOINT-OTHER'],
  ['a NetworkPolicy closes the endpoint', (twin) => closeBundle(twin, 'us'), 'FED-ENDPOINT-CLOSED'],
  ['a NetworkPolicy opens the endpoint to neighbours only', (twin) => twin.editAll('us', 'NetworkPolicy', ({ spec }) => {
    spec.ingress?.filter(opensBundle).forEach((rule: any) => { rule.from = [{ podSelector: {} }]; });
  }), 'FED-ENDPOINT-CLOSED'],
  ['the NetworkPolicy is missing', (twin) => twin.removeAll('us', 'NetworkPolicy', ({ metadata }) => metadata.namespace === 'spire-server'), 'FED-ENDPOINT-UNGUARDED'],
  // the relation
  ['the relation is with another trust domain', relation((spec) => { spec.trustDomain = 'third.org'; }), 'FED-UNKNOWN-PARTNER'],
  ['the relation is missing', (twin) => twin.remove('eu', 'ClusterFederatedTrustDomain', 'us.example.org'), 'FED-ONE-WAY'],
  ['the relation is there twice', (twin) => twin.add('eu', {
    apiVersion: 'spire.spiffe.io/v1alpha1', kind: 'ClusterFederatedTrustDomain', metadata: { name: 'us' }, spec: { className: 'spire', trustDomain: 'us.example.org' },
  }), 'FED-TWICE'],
  ['the relation is with the own trust domain', relation((spec) => { spec.trustDomain = 'eu.example.org'; }), 'FED-OWN-DOMAIN'],
  ['the URL is http', relation((spec) => { spec.bundleEndpointURL = spec.bundleEndpointURL.replace('https', 'http'); }), 'FED-ENDPOINT'],
  ['the URL has another host', relation((spec) => { spec.bundleEndpointURL = 'https://spire-bundle.eu.example.org'; }), 'FED-ENDPOINT-OTHER'],
  ['the URL has another port', relation((spec) => { spec.bundleEndpointURL += ':8443'; }), 'FED-ENDPOINT-OTHER'],
  ['the endpoint ID is of another trust domain', relation((spec) => { spec.bundleEndpointProfile.endpointSPIFFEID = 'spiffe://third.org/spire/server'; }), 'FED-ENDPOINT-OTHER'],
  ['the endpoint ID is of a trust domain whose bundle is not there',
    relation((spec) => { spec.bundleEndpointProfile.endpointSPIFFEID = 'spiffe://third.org/spire/server'; }), 'FED-ENDPOINT-DOMAIN'],
  ['the endpoint ID is of another program', relation((spec) => { spec.bundleEndpointProfile.endpointSPIFFEID = 'spiffe://us.example.org/spire/agent'; }),
    'FED-ENDPOINT-OTHER'],
  ['the profile is another one', relation((spec) => { spec.bundleEndpointProfile = { type: 'https_web' }; }), 'FED-ENDPOINT-OTHER'],
  ['the first bundle is brought by nobody', (twin) => twin.edit('eu', 'ClusterFederatedTrustDomain', 'us.example.org', ({ metadata }) => {
    delete metadata.annotations;
  }), 'FED-BOOTSTRAP'],
  ['the first bundle is PEM', relation((spec) => { spec.trustDomainBundle = '-----BEGIN CERTIFICATE-----'; }), 'FED-BUNDLE'],
  ['the two have one trust domain', (twin) => ['us', 'eu'].forEach((cluster) => twin.edit(cluster, 'ConfigMap', 'spire-server',
    serverConf(replace(/trust_domain = ".*"/, 'trust_domain = "example.org"')))), 'FED-ONE-DOMAIN'],
  // the identities
  ['no identity federates', (twin) => twin.editAll('eu', 'ClusterSPIFFEID', ({ spec }) => { delete spec.federatesWith; }), 'FED-UNUSED'],
  ['an identity federates with its own trust domain', (twin) => twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-details-v1',
    ({ spec }) => { spec.federatesWith = ['eu.example.org']; }), 'FED-OWN-DOMAIN'],
  ['a called identity does not federate', (twin) => twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-details-v1',
    ({ spec }) => { delete spec.federatesWith; }), 'FED-CALLED'],
  ['a calling identity does not federate', (twin) => twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-productpage-v1',
    ({ spec }) => { delete spec.federatesWith; }), 'FED-CALLER'],
  ['agents have SPIRE\'s own SDS names', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent',
    ({ data }) => { data['agent.conf'] = without(data['agent.conf'], /\n +sds \{[^]*?\n +\}/); }), 'FED-SDS-NAMES'],
  ['the SDS name of one bundle is that of all', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent',
    ({ data }) => { data['agent.conf'] = replace('default_bundle_name = "null"', 'default_bundle_name = "ROOTCA"')(data['agent.conf']); }), 'FED-SDS-NAMES'],
  // the mesh
  ['an alias instead of caCertificates', (twin) => twin.editMesh('eu', ({ meshConfig }) => {
    delete meshConfig.caCertificates;
    meshConfig.trustDomainAliases = ['us.example.org'];
  }), 'FED-ALIAS'],
  ['the mesh does not accept the other trust domain', (twin) => twin.editMesh('eu', ({ meshConfig }) => { delete meshConfig.caCertificates; }), 'FED-MESH-DOMAINS'],
  ['the mesh accepts another trust domain', (twin) => twin.editMesh('eu', ({ meshConfig }) => { meshConfig.caCertificates = [{ trustDomains: ['us.example.com'] }]; }),
    'FED-MESH-DOMAINS'],
  ['neither mesh nor identities take part', (twin) => {
    twin.editMesh('eu', ({ meshConfig }) => { delete meshConfig.caCertificates; });
    twin.editAll('eu', 'ClusterSPIFFEID', ({ spec }) => { delete spec.federatesWith; });
  }, 'FED-MESH-UNAWARE'],
  ['Istio is too old', (twin) => twin.editMesh('eu', (values, document) => {
    if (document.kind === 'Istio') {
      document.spec.version = 'v1.29.1';
    } else if (document.kind === 'IstioOperator') {
      document.spec.tag = '1.29.1';
    } else {
      values.global.tag = '1.29.1';
    }
  }), 'FED-ISTIO-VERSION'],
  ['callers are named by namespace', (twin) => twin.editAll('eu', 'AuthorizationPolicy', ({ spec }) => (spec.rules ?? []).forEach((rule: any) =>
    (rule.from ?? []).filter(({ source }: any) => source.principals?.some((one: string) => one.startsWith('us.'))).forEach((one: any) => {
      one.source = { namespaces: ['bookinfo'] };
    }))), 'FED-ANY-DOMAIN-SOURCE'],
  ['a caller is nobody in the other cluster', (twin) => twin.editAll('eu', 'AuthorizationPolicy', (object) => {
    object.spec = JSON.parse(JSON.stringify(object.spec).replaceAll('us.example.org/ns/bookinfo/sa/productpage-v1', 'us.example.org/ns/bookinfo/sa/productpage'));
  }), 'FED-UNKNOWN-CALLER'],
  // reaching the other cluster
  ['nobody in particular has to answer', remoteRule((tls) => { delete tls.subjectAltNames; }), 'FED-REMOTE-SAN'],
  ['the DestinationRule is missing', (twin) => twin.remove('eu', 'DestinationRule', 'details-us'), 'FED-REMOTE-SAN'],
  ['who has to answer is of the own trust domain by mistake', remoteRule((tls) => { tls.subjectAltNames = ['spiffe://us.example.com/ns/bookinfo/sa/details-v1']; }), 'FED-SAN'],
  ['who has to answer is nobody', remoteRule((tls) => { tls.subjectAltNames = ['spiffe://us.example.org/ns/bookinfo/sa/details']; }), 'FED-SAN'],
  ['mutual TLS is off', remoteRule((tls) => { tls.mode = 'DISABLE'; }), 'FED-REMOTE-SNI'],
  ['the server name is none of a service', remoteRule((tls) => { tls.sni = 'details.bookinfo'; }), 'FED-REMOTE-SNI'],
  ['the server name is missing', remoteRule((tls) => { delete tls.sni; }), 'FED-REMOTE-SERVICE'],
  ['the server name has another port', remoteRule((tls) => { tls.sni = tls.sni.replace('9080', '8080'); }), 'FED-REMOTE-SERVICE'],
  ['the server name is of no Service there', remoteRule((tls) => { tls.sni = tls.sni.replace('details', 'detail'); }), 'FED-REMOTE-SERVICE'],
  ['the other gateway does not pass calls for the service', (twin) => twin.edit('us', 'Gateway', 'cross-network', ({ spec }) => {
    spec.servers[0].hosts = ['*.shop.svc.cluster.local'];
  }), 'FED-REMOTE-SERVICE'],
  ['the gateway is called on another port', (twin) => twin.edit('eu', 'WorkloadEntry', 'details-us', ({ spec }) => { spec.ports['http-9080'] = 15444; }), 'FED-REMOTE-GATEWAY'],
  ['the gateway is called by another name', (twin) => twin.edit('eu', 'WorkloadEntry', 'details-us', ({ spec }) => { spec.address = 'east-west.eu.example.org'; }),
    'FED-REMOTE-GATEWAY'],
  ['the gateway ends TLS', (twin) => twin.edit('us', 'Gateway', 'cross-network', ({ spec }) => { spec.servers[0].tls = { mode: 'ISTIO_MUTUAL' }; }), 'FED-GATEWAY'],
  ['the Gateway is missing', (twin) => twin.remove('us', 'Gateway', 'cross-network'), 'FED-GATEWAY'],
  ['the Service of the gateway has another port', (twin) => twin.edit('us', 'Service', GATEWAY, ({ spec }) => { spec.ports[1].port = 443; }), 'FED-GATEWAY'],
  ['the Service of the gateway leads to another port', (twin) => twin.edit('us', 'Service', GATEWAY, ({ spec }) => { spec.ports[1].targetPort = 8443; }), 'FED-GATEWAY'],
  ['a NetworkPolicy closes the gateway', (twin) => twin.edit('us', 'NetworkPolicy', GATEWAY, ({ spec }) => {
    spec.ingress = spec.ingress.filter((rule: any) => rule.from);
  }), 'FED-NETWORK-CLOSED'],
  ['the NetworkPolicy of the gateway is missing in a namespace that is closed', (twin) => twin.remove('us', 'NetworkPolicy', GATEWAY), 'FED-NETWORK-CLOSED'],
  ['a NetworkPolicy keeps a caller in', (twin) => twin.edit('eu', 'NetworkPolicy', 'reviews-v2', ({ spec }) => {
    spec.egress = spec.egress.filter((rule: any) => rule.to);
  }), 'FED-NETWORK-CLOSED'],
  ['a NetworkPolicy leads a caller to its own cluster only', (twin) => twin.edit('eu', 'NetworkPolicy', 'productpage-v1', ({ spec }) => {
    spec.egress.filter((rule: any) => !rule.to).forEach((rule: any) => { rule.to = [{ namespaceSelector: {} }]; });
  }), 'FED-NETWORK-CLOSED'],
  ['a caller reaches another port', (twin) => twin.edit('eu', 'NetworkPolicy', 'reviews-v3', ({ spec }) => {
    spec.egress.filter((rule: any) => !rule.to).forEach((rule: any) => { rule.ports[0].port = 15444; });
  }), 'FED-NETWORK-CLOSED'],
  ['the gateway has another network', (twin) => twin.edit('us', 'Service', GATEWAY, ({ metadata }) => { metadata.labels['topology.istio.io/network'] = 'eu'; }),
    'FED-NETWORK'],
  ['the gateway has no network', (twin) => twin.edit('us', 'Service', GATEWAY, ({ metadata }) => { delete metadata.labels['topology.istio.io/network']; }), 'FED-NETWORK'],
  ['the view of the gateway is of another network', (twin) => twin.edit('us', 'Deployment', GATEWAY, ({ spec }) => {
    spec.template.spec.containers[0].env.find((one: any) => one.name === 'ISTIO_META_REQUESTED_NETWORK_VIEW').value = 'eu';
  }), 'FED-NETWORK'],
  ['the namespace of Istio has another network', (twin) => twin.edit('us', 'Namespace', 'istio-system', ({ metadata }) => {
    metadata.labels['topology.istio.io/network'] = 'eu';
  }), 'FED-NETWORK'],
  ['the mesh has another network', (twin) => twin.editMesh('us', ({ global }) => { global.network = 'usa'; }), 'FED-NETWORK'],
  ['both clusters have one name', (twin) => twin.editMesh('us', ({ global }) => { global.multiCluster.clusterName = 'eu'; }), 'FED-MESH-ID'],
  ['a service may not be answered by the other cluster', (twin) => twin.edit('eu', 'DestinationRule', 'reviews', ({ spec }) => {
    const { tls } = spec.trafficPolicy;
    tls.subjectAltNames = tls.subjectAltNames.filter((one: string) => one.startsWith('spiffe://eu.'));
  }), 'FED-FAILOVER-SAN'],
  ['nobody answers DNS for names of the other cluster', (twin) => twin.editMesh('eu', ({ meshConfig }) => { delete meshConfig.defaultConfig.proxyMetadata; }),
    'FED-DNS-CAPTURE'],
];

const twoClusters = exampleOutput('multi-cluster-federated').files;
const hub = exampleOutput('federation-hub-and-spoke').files;

test('as written there is nothing to find', () => {
  const all = [twoClusters, hub, exampleOutput('nested-spire').files];
  expect(all.map((files) => new Twin(files).findings())).toEqual([[], [], []]);
});

test.each(TWINS)('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(twoClusters);
  change(twin);
  expect(twin.findings()).toContain(rule);
});

const HUB_TWINS: typeof TWINS = [
  ['a spoke asks the hub for an SVID', (twin) => twin.edit('north', 'ClusterFederatedTrustDomain', 'hub.example.org', ({ spec }) => {
    spec.bundleEndpointProfile = { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://hub.example.org/spire/server' };
  }), 'FED-ENDPOINT-OTHER'],
  ['the hub does not let a spoke fetch', (twin) => closeBundle(twin, 'hub'), 'FED-ENDPOINT-CLOSED'],
  ['the hub lacks one of its spokes', (twin) => twin.remove('hub', 'ClusterFederatedTrustDomain', 'west.example.org'), 'FED-ONE-WAY'],
  ['orders takes calls of a spoke whose bundle it lacks', (twin) => twin.edit('hub', 'ClusterSPIFFEID', 'istio-federated-shop-orders', ({ spec }) => {
    spec.federatesWith = spec.federatesWith.filter((name: string) => !name.startsWith('west'));
  }), 'FED-CALLED'],
];

test.each(HUB_TWINS)('a twin of hub and spoke is caught: %s', (_, change, rule) => {
  const twin = new Twin(hub);
  change(twin);
  expect(twin.findings()).toContain(rule);
});

test('every rule of federation has a twin', () => {
  const caught = [...TWINS, ...HUB_TWINS].map(([, , rule]) => rule);
  expect(FED_RULES.map(({ id }) => id).filter((id) => !caught.includes(id))).toEqual([]);
});

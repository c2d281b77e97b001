import { exampleOutput } from './examples/example';
import { Twin } from './support/twin';
import { FED_RULES } from '../src/checks/rules/fed';
import { MESH_RULES } from '../src/checks/rules/mesh';
import { OBS_RULES } from '../src/checks/rules/obs';

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
const letAllIn = (twin: Twin) => twin.edit('eu', 'AuthorizationPolicy', 'details-v1-allow', ({ spec }) => {
  spec.rules.forEach(({ from }: any) => { from[0].source.principals = ['us.example.org/*']; });
});
const RULES = [...FED_RULES, ...MESH_RULES, ...OBS_RULES];
const withoutNetworkLabel = (twin: Twin, kind: string, name: string) => twin.edit('us', kind, name, ({ metadata }) => {
  delete metadata.labels['topology.istio.io/network'];
});
const withoutTemplate = (gateway: string) => (twin: Twin) => twin.edit('us', 'Deployment', gateway, ({ spec }) => {
  const { annotations } = spec.template.metadata;
  expect(annotations['inject.istio.io/templates']).toBe('gateway,spire');
  annotations['inject.istio.io/templates'] = 'gateway';
});

const staticEntry = (spiffeID: string, selectors: string[], partner: string) => ({
  apiVersion: 'spire.spiffe.io/v1alpha1',
  kind: 'ClusterStaticEntry',
  metadata: { name: 'job' },
  spec: { className: 'spire', spiffeID, parentID: 'spiffe://eu.example.org/nodes', selectors, federatesWith: [partner] },
});

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
  ['the Service of the endpoint has no address outside', (twin) => twin.edit('us', 'Service', 'spire-server-bundle-endpoint', ({ spec }) => { spec.type = 'ClusterIP'; }),
    'FED-ENDPOINT-INSIDE'],
  ['bundle_endpoint listens in its own pod', (twin) => twin.edit('us', 'ConfigMap', 'spire-server',
    serverConf(replace(/(bundle_endpoint \{\s*)address = "0.0.0.0"/, '$1address = "127.0.0.1"'))), 'FED-ENDPOINT-SERVICE'],
  ['a NetworkPolicy keeps the server from fetching', (twin) => twin.edit('eu', 'NetworkPolicy', 'spire-server', ({ spec }) => {
    spec.egress = spec.egress.filter((rule: any) => rule.to);
  }), 'FED-FETCH-CLOSED'],
  ['the server may fetch on another port only', (twin) => twin.edit('eu', 'NetworkPolicy', 'spire-server', ({ spec }) => {
    spec.egress.filter((rule: any) => !rule.to).forEach((rule: any) => { rule.ports = [{ port: 6443, protocol: 'TCP' }]; });
  }), 'FED-FETCH-CLOSED'],
  // the relation
  ['the relation is with another trust domain', relation((spec) => { spec.trustDomain = 'third.org'; }), 'FED-UNKNOWN-PARTNER'],
  ['the relation is missing', (twin) => twin.remove('eu', 'ClusterFederatedTrustDomain', 'us.example.org'), 'FED-ONE-WAY'],
  ['the relation is there twice', (twin) => twin.add('eu', {
    apiVersion: 'spire.spiffe.io/v1alpha1', kind: 'ClusterFederatedTrustDomain', metadata: { name: 'us' }, spec: { className: 'spire', trustDomain: 'us.example.org' },
  }), 'FED-TWICE'],
  ['the relation is with the own trust domain', relation((spec) => { spec.trustDomain = 'eu.example.org'; }), 'FED-OWN-DOMAIN'],
  ['the server federates with its own trust domain', (twin) => twin.edit('eu', 'ConfigMap', 'spire-server', serverConf(replace('federation {',
    'federation {\n    federates_with "eu.example.org" {\n      bundle_endpoint_url = "https://a.example.org"\n      bundle_endpoint_profile "https_web" {}\n    }'))),
  'FED-OWN-PARTNER'],
  ['the URL is http', relation((spec) => { spec.bundleEndpointURL = spec.bundleEndpointURL.replace('https', 'http'); }), 'FED-ENDPOINT'],
  ['the URL has another host', relation((spec) => { spec.bundleEndpointURL = 'https://spire-bundle.eu.example.org'; }), 'FED-ENDPOINT-OTHER'],
  ['the URL has another port', relation((spec) => { spec.bundleEndpointURL += ':8443'; }), 'FED-ENDPOINT-OTHER'],
  ['the URL has a path', relation((spec) => { spec.bundleEndpointURL += '/bundle'; }), 'FED-ENDPOINT-OTHER'],
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
  ['a workload that a whole trust domain may call does not federate', (twin) => {
    letAllIn(twin);
    twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-details-v1', ({ spec }) => { delete spec.federatesWith; });
  }, 'FED-CALLED'],
  ['a calling identity does not federate', (twin) => twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-productpage-v1',
    ({ spec }) => { delete spec.federatesWith; }), 'FED-CALLER'],
  ['another ClusterSPIFFEID selects a pod that federates', (twin) => twin.edit('eu', 'ClusterSPIFFEID', 'istio-sidecars', ({ spec }) => {
    spec.podSelector.matchExpressions = spec.podSelector.matchExpressions.filter(({ key }: any) => !key.endsWith('/federated'));
  }), 'FED-ID-OVERLAP'],
  ['a calling pod lacks the label by which it federates', (twin) => twin.edit('eu', 'Deployment', 'productpage-v1', ({ spec }) => {
    delete spec.template.metadata.labels['cdk8s-spiffe.dev/federated'];
  }), 'FED-CALLER'],
  ['agents have SPIRE\'s own SDS names', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent',
    ({ data }) => { data['agent.conf'] = without(data['agent.conf'], /\n +sds \{[^]*?\n +\}/); }), 'FED-SDS-NAMES'],
  ['the SDS name of one bundle is that of all', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent',
    ({ data }) => { data['agent.conf'] = replace('default_bundle_name = "null"', 'default_bundle_name = "ROOTCA"')(data['agent.conf']); }), 'FED-SDS-NAMES'],
  ['the SDS name of all bundles is SPIRE\'s own', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent',
    ({ data }) => { data['agent.conf'] = replace('default_all_bundles_name = "ROOTCA"', 'default_all_bundles_name = "ALL"')(data['agent.conf']); }), 'FED-SDS-NAMES'],
  ['agents do not verify SPIFFE IDs', (twin) => twin.edit('eu', 'ConfigMap', 'spire-agent', ({ data }) => {
    data['agent.conf'] = replace('default_bundle_name = "null"', 'default_bundle_name = "null"\n    disable_spiffe_cert_validation = true')(data['agent.conf']);
  }), 'FED-SDS-NAMES'],
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
  ['the mesh does not accept the other trust domain, and no policy there names callers of it', (twin) => {
    twin.editMesh('eu', ({ meshConfig }) => { delete meshConfig.caCertificates; });
    twin.editAll('eu', 'AuthorizationPolicy', ({ spec }) => { delete spec.rules; });
  }, 'FED-MESH-UNAWARE'],
  ['an entry for a node federates with somebody who does not federate back', (twin) => {
    twin.remove('us', 'ClusterFederatedTrustDomain', 'eu.example.org');
    twin.editAll('eu', 'ClusterSPIFFEID', ({ spec }) => { delete spec.federatesWith; });
    twin.add('eu', staticEntry('spiffe://eu.example.org/job', ['unix:uid:1000'], 'us.example.org'));
  }, 'FED-ONE-WAY'],
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
  ['who has to answer is of the own trust domain', remoteRule((tls) => { tls.subjectAltNames = ['spiffe://eu.example.org/ns/bookinfo/sa/details-v1']; }), 'FED-REMOTE-IDENTITY'],
  ['who has to answer is another workload', remoteRule((tls) => { tls.subjectAltNames = ['spiffe://us.example.org/ns/bookinfo/sa/ratings-v1']; }), 'FED-REMOTE-IDENTITY'],
  ['the ServiceEntry wants another workload to answer', (twin) => twin.edit('eu', 'ServiceEntry', 'details-us', ({ spec }) => {
    spec.subjectAltNames = ['spiffe://us.example.org/ns/bookinfo/sa/ratings-v1'];
  }), 'FED-REMOTE-SANS-DIFFER'],
  ['who has to answer is a principal', remoteRule((tls) => { tls.subjectAltNames = ['us.example.org/ns/bookinfo/sa/details-v1']; }), 'FED-REMOTE-IDENTITY'],
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
  ['the gateway is not selected', (twin) => twin.edit('eu', 'ServiceEntry', 'details-us', ({ spec }) => { spec.workloadSelector.labels = { app: 'other' }; }),
    'FED-REMOTE-GATEWAY'],
  ['the WorkloadEntry is missing', (twin) => twin.remove('eu', 'WorkloadEntry', 'details-us'), 'FED-REMOTE-GATEWAY'],
  ['the WorkloadEntry is in another namespace', (twin) => twin.edit('eu', 'WorkloadEntry', 'details-us', ({ metadata }) => { metadata.namespace = 'default'; }),
    'FED-REMOTE-GATEWAY'],
  ['the port of the WorkloadEntry has another name', (twin) => twin.edit('eu', 'WorkloadEntry', 'details-us', ({ spec }) => { spec.ports = { http: 15443 }; }),
    'FED-REMOTE-GATEWAY'],
  ['the address is taken from the caller', (twin) => twin.edit('eu', 'ServiceEntry', 'details-us', ({ spec }) => { spec.resolution = 'NONE'; }), 'FED-REMOTE-GATEWAY'],
  ['a name is taken for an address', (twin) => twin.edit('eu', 'ServiceEntry', 'details-us', ({ spec }) => { spec.resolution = 'STATIC'; }), 'FED-REMOTE-GATEWAY'],
  ['the gateway is that of the own Service', (twin) => twin.edit('eu', 'WorkloadEntry', 'details-us', ({ spec }) => {
    spec.address = 'details.bookinfo.svc.cluster.local';
  }), 'FED-REMOTE-GATEWAY'],
  ['the endpoint is the own Service', (twin) => twin.edit('eu', 'ServiceEntry', 'details-us', ({ spec }) => {
    delete spec.workloadSelector;
    spec.endpoints = [{ address: 'details.bookinfo.svc.cluster.local' }];
    spec.subjectAltNames = ['spiffe://us.example.org/ns/bookinfo/sa/details-v1'];
  }), 'FED-LOCAL-ENDPOINT'],
  ['the Service there has another port', (twin) => twin.edit('us', 'Service', 'details', ({ spec }) => { spec.ports[0].port = 9081; }), 'FED-REMOTE-SERVICE'],
  ['the gateway ends TLS', (twin) => twin.edit('us', 'Gateway', 'cross-network', ({ spec }) => { spec.servers[0].tls = { mode: 'ISTIO_MUTUAL' }; }), 'FED-GATEWAY'],
  ['the Gateway is missing', (twin) => twin.remove('us', 'Gateway', 'cross-network'), 'FED-GATEWAY'],
  ['the Service of the gateway has another port', (twin) => twin.edit('us', 'Service', GATEWAY, ({ spec }) => { spec.ports[1].port = 443; }), 'FED-GATEWAY'],
  ['the Service of the gateway leads to another port', (twin) => twin.edit('us', 'Service', GATEWAY, ({ spec }) => { spec.ports[1].targetPort = 8443; }), 'FED-GATEWAY'],
  ['the Service of the gateway has no address outside', (twin) => twin.edit('us', 'Service', GATEWAY, ({ spec }) => { spec.type = 'ClusterIP'; }), 'FED-GATEWAY'],
  ['the gateway speaks HTTP', (twin) => twin.edit('us', 'Gateway', 'cross-network', ({ spec }) => { spec.servers[0].port.protocol = 'HTTP'; }), 'FED-GATEWAY'],
  ['nothing allows calls to the gateway', (twin) => twin.remove('us', 'AuthorizationPolicy', GATEWAY), 'FED-GATEWAY-DENIED'],
  ['another port of the gateway is allowed', (twin) => twin.edit('us', 'AuthorizationPolicy', GATEWAY, ({ spec }) => {
    spec.rules[0].to[0].operation.ports = ['8443'];
  }), 'FED-GATEWAY-DENIED'],
  ['callers of the gateway are named, whom it does not see', (twin) => twin.edit('us', 'AuthorizationPolicy', GATEWAY, ({ spec }) => {
    spec.rules[0].from = [{ source: { principals: ['eu.example.org/ns/bookinfo/sa/productpage-v1'] } }];
  }), 'FED-GATEWAY-DENIED'],
  ['a NetworkPolicy keeps the gateway from a called workload', (twin) => twin.edit('us', 'NetworkPolicy', GATEWAY, ({ spec }) => { spec.egress.shift(); }),
    'FED-GATEWAY-CLOSED'],
  ['the gateway reaches a called workload at another port', (twin) => twin.edit('us', 'NetworkPolicy', GATEWAY, ({ spec }) => {
    spec.egress[0].ports[0].port = 9081;
  }), 'FED-GATEWAY-CLOSED'],
  ['a NetworkPolicy keeps a called workload from the gateway', (twin) => twin.edit('us', 'NetworkPolicy', 'details-v1', ({ spec }) => {
    spec.ingress = spec.ingress.filter((rule: any) => !JSON.stringify(rule).includes(GATEWAY));
  }), 'FED-GATEWAY-CLOSED'],
  ['a NetworkPolicy keeps the gateway from a workload that a whole trust domain may call', (twin) => {
    letAllIn(twin);
    twin.edit('eu', 'NetworkPolicy', 'details-v1', ({ spec }) => { spec.ingress = spec.ingress.filter((rule: any) => !JSON.stringify(rule).includes(GATEWAY)); });
  }, 'FED-GATEWAY-CLOSED'],
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
  ['the mesh has no network', (twin) => twin.editMesh('us', ({ global }) => { delete global.network; }), 'FED-NO-NETWORK'],
  ['a cluster has no network, and the other one has', (twin) => {
    twin.editMesh('us', ({ global }) => { delete global.network; });
    withoutNetworkLabel(twin, 'Namespace', 'istio-system');
    withoutNetworkLabel(twin, 'Service', GATEWAY);
    twin.edit('us', 'Deployment', GATEWAY, ({ spec: { template } }) => {
      delete template.metadata.labels['topology.istio.io/network'];
      template.spec.containers[0].env = [];
    });
  }, 'FED-NO-NETWORK'],
  ['the gateway has no view', (twin) => twin.edit('us', 'Deployment', GATEWAY, ({ spec }) => { spec.template.spec.containers[0].env = []; }), 'FED-NETWORK-VIEW'],
  ['the gateway for other clusters takes no identity from SPIRE', withoutTemplate(GATEWAY), 'MESH-GATEWAY-TEMPLATE'],
  ['the ingress gateway takes no identity from SPIRE', withoutTemplate('istio-ingressgateway'), 'MESH-GATEWAY-TEMPLATE'],
  ['the mesh has another network', (twin) => twin.editMesh('us', ({ global }) => { global.network = 'usa'; }), 'FED-NETWORK'],
  ['both clusters have one name', (twin) => twin.editMesh('us', ({ global }) => { global.multiCluster.clusterName = 'eu'; }), 'FED-MESH-ID'],
  ['both clusters have one network', (twin) => {
    twin.editMesh('us', ({ global }) => { global.network = 'eu'; });
    ['Namespace', 'Service'].forEach((kind) => twin.edit('us', kind, kind === 'Service' ? GATEWAY : 'istio-system', ({ metadata }) => {
      metadata.labels['topology.istio.io/network'] = 'eu';
    }));
    twin.edit('us', 'Deployment', GATEWAY, ({ spec: { template } }) => {
      template.metadata.labels['topology.istio.io/network'] = 'eu';
      template.spec.containers[0].env.find((one: any) => one.name === 'ISTIO_META_REQUESTED_NETWORK_VIEW').value = 'eu';
    });
  }, 'FED-MESH-ID'],
  ['the pods of the gateway have another network', (twin) => twin.edit('us', 'Deployment', GATEWAY, ({ spec }) => {
    spec.template.metadata.labels['topology.istio.io/network'] = 'eu';
  }), 'FED-NETWORK'],
  ['the meshes have different names', (twin) => twin.editMesh('us', ({ global }) => { global.meshID = 'other'; }), 'FED-MESH-NAME'],
  ['one mesh has no name', (twin) => twin.editMesh('us', ({ global }) => { delete global.meshID; }), 'FED-MESH-NAME'],
  ['nothing says when a service fails over', (twin) => twin.edit('eu', 'DestinationRule', 'details', ({ spec }) => { delete spec.trafficPolicy.outlierDetection; }), 'FED-FAILOVER'],
  ['a service fails over to its own region', (twin) => twin.edit('eu', 'DestinationRule', 'details', ({ spec }) => {
    spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0].to = 'europe-west1';
  }), 'MESH-DESTINATION-RULE-SHAPE'],
  ['the failover is off', (twin) => twin.edit('eu', 'DestinationRule', 'details', ({ spec }) => {
    spec.trafficPolicy.loadBalancer.localityLbSetting.enabled = false;
  }), 'FED-FAILOVER'],
  ['another workload of the other cluster may answer', (twin) => twin.edit('eu', 'DestinationRule', 'details', ({ spec }) => {
    spec.trafficPolicy.tls.subjectAltNames[1] = 'spiffe://us.example.org/ns/bookinfo/sa/ratings-v1';
  }), 'FED-FAILOVER-SAN'],
  ['a service may not be answered by the other cluster', (twin) => twin.edit('eu', 'DestinationRule', 'reviews', ({ spec }) => {
    const { tls } = spec.trafficPolicy;
    tls.subjectAltNames = tls.subjectAltNames.filter((one: string) => one.startsWith('spiffe://eu.'));
  }), 'FED-FAILOVER-SAN'],
  ['an alert watches a trust domain that is none', (twin) => twin.edit('eu', 'PrometheusRule', 'spiffe-federation', (object) => {
    expect(JSON.stringify(object.spec)).toContain('us_example_org');
    object.spec = JSON.parse(JSON.stringify(object.spec).replaceAll('us_example_org', 'usa_example_org'));
  }), 'OBS-TRUST-DOMAIN'],
  ['an alert watches a trust domain as SPIRE does not write it', (twin) => twin.edit('eu', 'PrometheusRule', 'spiffe-federation', (object) => {
    object.spec = JSON.parse(JSON.stringify(object.spec).replaceAll('us_example_org', 'us.example.org'));
  }), 'OBS-LABEL-VALUE'],
  ['nobody answers DNS for names of the other cluster', (twin) => twin.editMesh('eu', ({ meshConfig }) => { delete meshConfig.defaultConfig.proxyMetadata; }),
    'FED-DNS-CAPTURE'],
];

const twoClusters = exampleOutput('multi-cluster-federated').files;
const hub = exampleOutput('federation-hub-and-spoke').files;

test('as written there is nothing to find', () => {
  const all = [twoClusters, hub, exampleOutput('nested-spire').files];
  expect(all.map((files) => new Twin(files).findings(RULES))).toEqual([[], [], []]);
});

test.each([
  ['a whole trust domain may call, and its callers federate', letAllIn],
  ['a trust domain is left out, and the workload does not federate', (twin: Twin) => {
    twin.edit('eu', 'AuthorizationPolicy', 'details-v1-allow', ({ spec }) => spec.rules.forEach(({ from }: any) => {
      from[0].source = { principals: ['eu.example.org/ns/bookinfo/sa/productpage-v1'], notPrincipals: ['us.example.org/*'] };
    }));
    twin.edit('eu', 'ClusterSPIFFEID', 'istio-federated-bookinfo-details-v1', ({ spec }) => { delete spec.federatesWith; });
  }],
])('a twin is fine: %s', (_, change) => {
  const twin = new Twin(twoClusters);
  change(twin);
  expect(twin.findings()).toEqual([]);
});

test.each(TWINS)('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(twoClusters);
  change(twin);
  expect(twin.findings(RULES)).toContain(rule);
});

const HUB_TWINS: typeof TWINS = [
  ['a spoke asks the hub for an SVID', (twin) => twin.edit('north', 'ClusterFederatedTrustDomain', 'hub.example.org', ({ spec }) => {
    spec.bundleEndpointProfile = { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://hub.example.org/spire/server' };
  }), 'FED-ENDPOINT-OTHER'],
  ['the hub\'s certificate is for another name', (twin) => twin.edit('hub', 'ConfigMap', 'spire-server',
    serverConf(replace(/serving_cert_file \{[^}]*\}/, 'acme { domain_name = "www.example.org" email = "a@example.org" tos_accepted = true }'))), 'FED-ENDPOINT-OTHER'],
  ['the load balancer of a spoke lets others in than its NetworkPolicy', (twin) => twin.edit('north', 'Service', 'spire-server-bundle-endpoint', ({ spec }) => {
    spec.loadBalancerSourceRanges = ['198.51.100.0/28'];
  }), 'FED-ENDPOINT-RANGES'],
  ['nodes hide who fetches from a spoke', (twin) => twin.edit('north', 'Service', 'spire-server-bundle-endpoint', ({ spec }) => {
    delete spec.externalTrafficPolicy;
  }), 'FED-ENDPOINT-RANGES'],
  ['the hub does not let a spoke fetch', (twin) => closeBundle(twin, 'hub'), 'FED-ENDPOINT-CLOSED'],
  ['the hub lacks one of its spokes', (twin) => twin.remove('hub', 'ClusterFederatedTrustDomain', 'west.example.org'), 'FED-ONE-WAY'],
  ['orders takes calls of a spoke whose bundle it lacks', (twin) => twin.edit('hub', 'ClusterSPIFFEID', 'istio-federated-shop-orders', ({ spec }) => {
    spec.federatesWith = spec.federatesWith.filter((name: string) => !name.startsWith('west'));
  }), 'FED-CALLED'],
];

test('a partner whose relation stands in the configuration of the server federates back', () => {
  const twin = new Twin(twoClusters);
  twin.remove('us', 'ClusterFederatedTrustDomain', 'eu.example.org');
  expect(twin.findings()).toContain('FED-ONE-WAY');
  twin.edit('us', 'ConfigMap', 'spire-server', serverConf(replace('federation {', 'federation {\n    federates_with "eu.example.org" {\n'
    + '      bundle_endpoint_url = "https://spire-bundle.eu.example.org"\n      bundle_endpoint_profile "https_web" {}\n    }')));
  expect(twin.findings()).not.toContain('FED-ONE-WAY');
});

test.each(HUB_TWINS)('a twin of hub and spoke is caught: %s', (_, change, rule) => {
  const twin = new Twin(hub);
  change(twin);
  expect(twin.findings()).toContain(rule);
});

/** What one side shows by itself, to those who check the folder of one cluster. */
const ALONE: [field: string, change: (twin: Twin) => void, rule: string][] = TWINS.filter(([field]) => [
  'a NetworkPolicy closes the endpoint', 'a NetworkPolicy keeps the server from fetching', 'bundle_endpoint listens in its own pod', 'the relation is with another trust domain',
  'no identity federates', 'agents have SPIRE\'s own SDS names', 'agents do not verify SPIFFE IDs', 'an alias instead of caCertificates',
  'the mesh does not accept the other trust domain', 'callers are named by namespace', 'nobody in particular has to answer', 'mutual TLS is off',
  'a name is taken for an address', 'the gateway ends TLS', 'nothing allows calls to the gateway', 'a NetworkPolicy closes the gateway',
  'the Service of the gateway has no address outside', 'the gateway has another network', 'nothing says when a service fails over',
].includes(field));

test.each(ALONE)('a twin is caught in its own cluster: %s', (_, change, rule) => {
  const twin = new Twin(twoClusters);
  change(twin);
  expect(['eu', 'us'].flatMap((cluster) => twin.only(cluster).findings())).toContain(rule);
});

test('every rule of federation has a twin; those of static Envoys have their own in envoy-federated-twins.slow.ts', () => {
  const caught = ['FED-ENVOY-ADDRESS', 'FED-ENVOY-BUNDLE', ...[...TWINS, ...HUB_TWINS].map(([, , rule]) => rule)];
  expect(FED_RULES.map(({ id }) => id).filter((id) => !caught.includes(id))).toEqual([]);
});

import { parse } from 'yaml';
import { endpoint, TestCluster } from './fixture';
import {
  AccessPolicy, AccessSource, BundleBootstrap, BundleEndpoint, BundleEndpointCertificate, Federation, FederationMonitoring, FederationPartner,
  FederationPartnerProps, FederationTopology, PartnerService, SecretRef, SpiffeBundle, SpiffeId, SpiffePartnerProps, TrustDomain,
} from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';
import { BUNDLE } from '../spire/federation/bundle';

const ACME = TrustDomain.of('acme.example');
const URL = 'https://spiffe.acme.example/bundle';
const BILLING = SpiffeId.of(ACME, 'billing', 'api');
const known = BundleBootstrap.bundle(SpiffeBundle.json(BUNDLE));
const inConfigMap = BundleBootstrap.configMap({ name: 'acme', namespace: 'spire-server', key: 'acme.bundle' });

const spiffe = (props: Partial<SpiffePartnerProps> = {}) =>
  FederationPartner.httpsSpiffe({ trustDomain: ACME, bundleEndpointUrl: URL, bootstrap: known, ...props });
const web = (props: Partial<FederationPartnerProps> = {}) => FederationPartner.httpsWeb({ trustDomain: ACME, bundleEndpointUrl: URL, ...props });

/** A cluster of ours that federates with partners; Acme's billing may call its web. */
function synth(partners: FederationPartner[], more: (eu: TestCluster) => void = takeCalls, options = {}): Synthesized {
  return Synthesized.of((app) => {
    const eu = new TestCluster(app, 'eu', options);
    new Federation(app, 'federation', { members: [{ spire: eu.spire, mesh: eu.mesh }], partners });
    more(eu);
  });
}

function takeCalls(eu: TestCluster): void {
  new AccessPolicy(eu.platform, 'access', { mesh: eu.mesh, federatedTrustDomains: [ACME] })
    .allow({ source: AccessSource.identity(BILLING), destination: eu.web, port: 8080, methods: ['GET'] });
}

test('our side has all that has to agree: relation, accepted trust domain, SDS names, federatesWith and the policy', () => {
  const output = synth([spiffe()], (eu) => {
    eu.enroll('other');
    takeCalls(eu);
  });
  expect(output.object('ClusterFederatedTrustDomain', 'acme.example').spec).toEqual({
    className: 'spire',
    trustDomain: 'acme.example',
    bundleEndpointURL: URL,
    bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://acme.example/spire/server' },
    trustDomainBundle: BUNDLE,
  });
  expect(parse(output.files['eu/artifacts/istiod-values.yaml']).meshConfig.caCertificates).toEqual([{ trustDomains: ['acme.example'] }]);
  expect(output.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('default_all_bundles_name = "ROOTCA"');
  expect(output.ofKind('ClusterSPIFFEID').filter((one) => one.spec.federatesWith).map((one) => [one.metadata.name, one.spec.federatesWith]))
    .toEqual([['istio-federated-shop-web', ['acme.example']]]);
  const policies = output.ofKind('AuthorizationPolicy').filter((one) => JSON.stringify(one).includes('acme'));
  expect(policies.flatMap((one) => one.spec.rules)).toEqual([{ from: [{ source: { principals: ['acme.example/billing/api'] } }], to: [{ operation: { ports: ['8080'], methods: ['GET'] } }] }]);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('https_web needs no bundle', () => {
  const output = synth([web()]);
  expect(output.object('ClusterFederatedTrustDomain', 'acme.example').spec).toMatchObject({ bundleEndpointProfile: { type: 'https_web' } });
  expect(output.files['eu/artifacts/VERIFY.md']).not.toContain('bundle set');
});

test('a bundle in a ConfigMap is set by a command before the identities', () => {
  const verify = synth([spiffe({ bootstrap: inConfigMap })]).files['eu/artifacts/VERIFY.md'];
  const set = verify.indexOf('bundle set -id spiffe://acme.example');
  expect(verify).toContain("get configmap acme -o jsonpath='{.data.acme\\.bundle}'");
  expect([verify.indexOf('## 40-identities') < set, set < verify.indexOf('-f 40-identities/')]).toEqual([true, true]);
});

test('the endpoint may have another SPIFFE ID of the partner', () => {
  const output = synth([spiffe({ endpointSpiffeId: SpiffeId.of(ACME, 'bundle') })]);
  expect(output.object('ClusterFederatedTrustDomain', 'acme.example').spec.bundleEndpointProfile.endpointSPIFFEID).toBe('spiffe://acme.example/bundle');
});

test('FEDERATE.md tells what to send: all of the other side that has to agree', () => {
  const page = synth([spiffe()]).files['eu/artifacts/FEDERATE.md'];
  const [, part] = page.split('## Partner acme.example');
  const relation = parse(/```yaml\n([^]*?)```/.exec(part)![1]);
  expect(relation).toEqual({
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterFederatedTrustDomain',
    metadata: { name: 'eu.example.org' },
    spec: {
      trustDomain: 'eu.example.org',
      bundleEndpointURL: 'https://spire-bundle.eu.example.org',
      bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://eu.example.org/spire/server' },
      trustDomainBundle: '<the text of eu.example.org.bundle>',
    },
  });
  expect(strictErrors([relation])).toEqual([]);
  expect(part).toContain(`spire-server federation create -trustDomain eu.example.org -bundleEndpointURL https://spire-bundle.eu.example.org -bundleEndpointProfile https_spiffe \\
  -endpointSpiffeID spiffe://eu.example.org/spire/server \\
  -trustDomainBundlePath eu.example.org.bundle -trustDomainBundleFormat spiffe`);
  expect(part).toContain('| we take calls | of `spiffe://acme.example/billing/api` at `spiffe://eu.example.org/ns/shop/sa/web`, port 8080 |');
  expect(part).toContain('bundle show -format spiffe -socketPath /run/spire/server/private/api.sock > eu.example.org.bundle\nsha256sum eu.example.org.bundle');
});

test('FEDERATE.md tells what to ask for, and how the trust ends', () => {
  const page = synth([spiffe({ bootstrap: inConfigMap })]).files['eu/artifacts/FEDERATE.md'];
  expect(page).toContain('- that these identities are right, letter by letter: `spiffe://acme.example/billing/api`');
  expect(page).toContain('sha256sum acme.example.bundle\nkubectl --context eu -n spire-server create configmap acme --from-file=acme.bundle=acme.example.bundle');
  expect(page).toContain('| acme.example | not ours | https://spiffe.acme.example/bundle | https_spiffe |');
  expect(page).toContain('## REVOKE trust in acme.example\n\nCopy this section first: the page of the next synthesis no longer has it.\n\nTake the partner out of the federation');
});

test('FEDERATE.md tells of whole trust domains that may call, and not of who is denied or marked', () => {
  const page = synth([spiffe()], ({ platform, mesh, web: destination }) => {
    const access = new AccessPolicy(platform, 'access', { mesh, federatedTrustDomains: [ACME] });
    access.allow({ source: AccessSource.trustDomain(ACME), destination, port: 8080 });
    access.deny({ source: AccessSource.identity(BILLING), destination, port: 8080 });
    access.audit({ source: AccessSource.identity(SpiffeId.of(ACME, 'test')), destination, port: 8080 });
  }).files['eu/artifacts/FEDERATE.md'];
  expect(page.split('\n').filter((line) => line.includes('we take calls')))
    .toEqual(['| we take calls | of `spiffe://acme.example/*` at `spiffe://eu.example.org/ns/shop/sa/web`, port 8080 |']);
  expect(page).not.toContain('letter by letter');
});

test('FEDERATE.md asks for no bundle where certificates of the web prove the endpoints, and tells of limits to addresses', () => {
  const bundleEndpoint = BundleEndpoint.httpsWeb({
    host: 'spire-bundle.eu.example.org', certificate: BundleEndpointCertificate.secret(SecretRef.of('tls')), allowedCidrs: ['203.0.113.0/28'],
  });
  const page = synth([web()], takeCalls, { spire: { server: { bundleEndpoint } } }).files['eu/artifacts/FEDERATE.md'];
  expect(page).toContain('| it answers | 203.0.113.0/28: the addresses from which the partner fetches have to be among them |');
  expect(page).not.toContain('.bundle');
});

test('members and partners in one federation: the partner is trusted by those that are named', () => {
  const output = Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    const federation = new Federation(app, 'federation', {
      members: [eu, us].map(({ spire, mesh }) => ({ spire, mesh })),
      partners: [spiffe({ trustedBy: [us.spire] })],
    });
    expect([federation.trustedBy(eu.spire), federation.trustedBy(us.spire)].map((all) => all.map(({ name }) => name)))
      .toEqual([['us.example.org'], ['eu.example.org', 'acme.example']]);
    new FederationMonitoring(us.platform, 'monitoring', { federation, spire: us.spire });
  });
  expect(output.files['eu/artifacts/FEDERATE.md']).not.toContain('acme');
  expect(output.files['us/artifacts/FEDERATE.md']).toContain('Trusted by eu (eu.example.org), partner acme.example: the bundle is fetched from');
  expect(output.object('PrometheusRule', 'spiffe-federation').spec.groups[0].rules[0].expr).toContain('trust_domain_id="acme_example"');
});

test('one way: a partner that does not fetch our bundle gets nothing, and our endpoint may be missing', () => {
  const output = synth([spiffe({ trustsBack: false })], () => {}, { spire: {} });
  expect(output.files['eu/artifacts/FEDERATE.md']).toContain('Trusted by nobody.');
  expect(output.files['eu/artifacts/FEDERATE.md']).toContain('It does not fetch our bundle: nothing has to be sent');
  expect(output.ofKind('ClusterFederatedTrustDomain')).toHaveLength(1);
});

test('two partners with identities of one path are told apart', () => {
  const other = TrustDomain.of('other.example');
  const output = synth([spiffe(), web({ trustDomain: other, bundleEndpointUrl: 'https://other.example' })], ({ platform, mesh, web: destination }) => {
    const access = new AccessPolicy(platform, 'access', { mesh, federatedTrustDomains: [ACME, other] });
    [BILLING, SpiffeId.of(other, 'billing', 'api')].forEach((id) => access.allow({ source: AccessSource.identity(id), destination, port: 8080 }));
  });
  const principals = JSON.stringify(output.ofKind('AuthorizationPolicy')).match(/"[a-z.]+\/billing\/api"/g);
  expect(principals).toEqual(['"acme.example/billing/api"', '"other.example/billing/api"']);
});

test.each<[string, () => unknown, string]>([
  ['a URL that is no https', () => web({ bundleEndpointUrl: 'http://spiffe.acme.example' }),
    "partner 'acme.example' has URL 'http://spiffe.acme.example': SPIRE fetches bundles over https only"],
  ['a URL of this cluster', () => web({ bundleEndpointUrl: 'https://spire-server.spire.svc.cluster.local' }), 'which other clusters cannot reach'],
  ['a URL with a user', () => web({ bundleEndpointUrl: 'https://me@spiffe.acme.example' }), 'with a user: remove it'],
  ['a URL with a query', () => web({ bundleEndpointUrl: 'https://spiffe.acme.example/?v=1' }), 'use host, port and path only'],
  ['a URL with a port that is none', () => web({ bundleEndpointUrl: 'https://spiffe.acme.example:99999' }), 'with port 99999: use a number from 1 to 65535, or leave it out for 443'],
  ['a URL with an address that is none', () => web({ bundleEndpointUrl: 'https://203.0.113.700' }), "has host '203.0.113.700', which is no IPv4 address"],
  ['an endpoint of another trust domain', () => spiffe({ endpointSpiffeId: SpiffeId.parse('spiffe://evil.example/spire/server') }),
    "partner 'acme.example' has the endpoint SPIFFE ID 'spiffe://evil.example/spire/server' of another trust domain: use the one it names, such as 'spiffe://acme.example/spire/server'"],
  ['an exchange by command', () => spiffe({ bootstrap: BundleBootstrap.exchange() }),
    "partner 'acme.example' has bootstrap 'exchange', but no command of ours reaches its server: let it send its bundle"],
  ['an empty list of clusters', () => web({ trustedBy: [] }), "partner 'acme.example' is trusted by an empty list of clusters"],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each<[string, () => FederationPartner[], string]>([
  ['the trust domain of our own cluster', () => [web({ trustDomain: TrustDomain.of('eu.example.org') })],
    "partner 'eu.example.org' has the trust domain of cluster 'eu', which would federate with itself: remove the partner, a cluster of ours is a member"],
  ['one partner twice', () => [web(), spiffe()], "partner 'acme.example' is in the federation twice: name each partner once"],
  ['our own endpoint', () => [web({ bundleEndpointUrl: endpoint('eu').url })],
    "bundle endpoint 'https://spire-bundle.eu.example.org' of partner 'acme.example' is that of another trust domain"],
  ['one endpoint for two partners', () => [web(), web({ trustDomain: TrustDomain.of('other.example') })],
    "bundle endpoint 'https://spiffe.acme.example/bundle' of partner 'other.example' is that of another trust domain"],
  ['no partner', () => [], "a federation of 'eu' federates with nobody: name two clusters or more, or a partner"],
  ['cluster.local', () => [web({ trustDomain: TrustDomain.of('cluster.local') })], "would federate with trust domain 'cluster.local'"],
])('fails for %s', (_, partners, message) => {
  expect(() => synth(partners(), () => {})).toThrow(message);
});

test('fails for a partner that is to fetch a bundle that is served nowhere', () => {
  expect(() => synth([web()], () => {}, { spire: {} }))
    .toThrow("partner 'acme.example' is to trust cluster 'eu', whose SPIRE has no bundle endpoint: give its server a bundleEndpoint, or say trustsBack: false");
});

test('fails for a partner that is trusted by a stranger', () => {
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    new Federation(app, 'f', { members: [{ spire: eu.spire }], partners: [web({ trustedBy: [us.spire] })] });
  })).toThrow("partner 'acme.example' is trusted by cluster 'us', which is no member of the federation: add it to the members");
});

test('fails for a topology in which members trust nobody, partners or not', () => {
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    const topology = FederationTopology.oneWay({ trusting: [], trusted: [us.spire] });
    new Federation(app, 'f', { members: [{ spire: eu.spire }, { spire: us.spire }], topology, partners: [web()] });
  })).toThrow('in the federation nobody trusts anybody');
});

test('fails for calls of and to a partner that does not trust us', () => {
  expect(() => synth([web({ trustsBack: false })])).toThrow("'spiffe://acme.example/billing/api' is to call 'spiffe://eu.example.org/ns/shop/sa/web', "
    + "but partner 'acme.example' does not trust cluster 'eu': leave trustsBack: false out, or take the call away");
  const partner = web({ trustsBack: false });
  expect(() => synth([partner], ({ platform, mesh, web: caller }) => {
    new PartnerService(platform, 'billing', { mesh, partner, host: 'api.acme.example', port: 443, identities: [BILLING], callers: [caller], namespace: 'shop' });
  })).toThrow("'spiffe://eu.example.org/ns/shop/sa/web' is to call 'spiffe://acme.example/billing/api', but partner");
});

test('fails for a caller of a partner that no federation trusts', () => {
  expect(() => Synthesized.of((app) => takeCalls(new TestCluster(app, 'eu'))))
    .toThrow("workload 'shop/web' federates with 'acme.example', which the mesh of cluster 'eu' does not accept: "
      + 'add both clusters to a Federation that goes both ways, or the partner to one');
});

test('fails for a caller of a partner whose trust domain is not named, and for the own one named', () => {
  const source = AccessSource.identity(BILLING);
  expect(() => synth([web()], ({ platform, mesh, web: destination }) => new AccessPolicy(platform, 'a', { mesh }).allow({ source, destination, port: 8080 })))
    .toThrow("the caller is of trust domain 'acme.example', and this mesh of 'eu.example.org': name workloads of another mesh by reference, "
      + 'with federatedMeshes, or the trust domain of a partner in federatedTrustDomains');
  expect(() => synth([web()], ({ platform, mesh }) => new AccessPolicy(platform, 'a', { mesh, federatedTrustDomains: [platform.cluster.trustDomain] })))
    .toThrow("has its own trust domain 'eu.example.org' in federatedTrustDomains: remove it");
});

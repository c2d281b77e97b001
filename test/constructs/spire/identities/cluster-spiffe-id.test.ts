import { ApiObject, Duration } from 'cdk8s';
import { ClusterSpiffeId, ClusterSpiffeIdProps, LabelSelectorOperator, Spire, SpiffeIdTemplate, Stage, TrustDomain } from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform } from '../../../support/synth';

const MANAGED = { matchLabels: { 'spiffe.io/spire-managed-identity': 'true' } };

const synth = (props: Partial<ClusterSpiffeIdProps>, federated: string[] = []) => synthPlatform((platform) => {
  new ClusterSpiffeId(platform, 'id', { spire: new Spire(platform, 'spire', { className: 'own' }), name: 'web', ...props });
  // written by hand
  federated.forEach((trustDomain) => new ApiObject(platform.chart(Stage.IDENTITIES, 'own'), trustDomain, {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterFederatedTrustDomain',
    metadata: { name: trustDomain },
    spec: { className: 'own', trustDomain, bundleEndpointURL: `https://${trustDomain}`, bundleEndpointProfile: { type: 'https_web' } },
  }));
});
const spec = (props: Partial<ClusterSpiffeIdProps>) => synth(props).object('ClusterSPIFFEID', 'web').spec;

test('the class comes from the installation and the ID is the one that Istio understands', () => {
  expect(spec({ podSelector: MANAGED })).toEqual({
    className: 'own',
    spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
    podSelector: MANAGED,
  });
});

test('every property reaches its field, durations as text', () => {
  // nothing here defines the federation
  const output = synth({
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: LabelSelectorOperator.IN, values: ['shop'] }] },
    spiffeIdTemplate: SpiffeIdTemplate.path('/region/eu/ns/{{ .PodMeta.Namespace }}'),
    x509SvidTtl: Duration.hours(2),
    jwtSvidTtl: Duration.minutes(5),
    federatesWith: [TrustDomain.of('other.org')],
    autoPopulateDnsNames: true,
    fallback: true,
  }, ['other.org']);
  expect(output.object('ClusterSPIFFEID', 'web').spec).toEqual({
    className: 'own',
    spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/region/eu/ns/{{ .PodMeta.Namespace }}',
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }] },
    ttl: '2h',
    jwtTtl: '5m',
    federatesWith: ['other.org'],
    autoPopulateDNSNames: true,
    fallback: true,
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('fails for a trust domain that nothing defines', () => {
  expect(() => synth({ podSelector: MANAGED, federatesWith: [TrustDomain.of('other.org')] }, ['another.org'])).toThrow(
    "ClusterSPIFFEID 'web' federates with 'other.org', which nothing defines, and SPIRE refuses such entries: add a Federation or a ClusterFederatedTrustDomain");
});

test('fails for a selector of every pod', () => {
  expect(() => spec({})).toThrow("ClusterSPIFFEID 'web' selects every pod of the cluster: give podSelector or namespaceSelector");
  expect(() => spec({ podSelector: {} })).toThrow(
    "podSelector of ClusterSPIFFEID 'web' is empty and would select everything: give matchLabels or matchExpressions, or leave it out");
});

test('fails for labels that no pod has', () => {
  expect(() => spec({ podSelector: { matchLabels: { 'a b': 'c' } } })).toThrow("podSelector of ClusterSPIFFEID 'web' has the key 'a b', which no label can have");
  expect(() => spec({ podSelector: { matchExpressions: [{ key: 'app', operator: LabelSelectorOperator.IN, values: ['a b'] }] } }))
    .toThrow("has the value \"a b\" for 'app'");
});

test('fails for a condition without values', () => {
  expect(() => spec({ podSelector: { matchExpressions: [{ key: 'app', operator: LabelSelectorOperator.IN }] } })).toThrow(
    "podSelector of ClusterSPIFFEID 'web' has In without values for label 'app': add at least one");
});

test('fails for a condition that Kubernetes does not know', () => {
  expect(() => spec({ podSelector: { matchExpressions: [{ key: 'app', operator: 'in' as LabelSelectorOperator, values: ['web'] }] } })).toThrow(
    "operator of podSelector of ClusterSPIFFEID 'web' for label 'app' 'in' is unknown: use one of In, NotIn, Exists, DoesNotExist");
});

test('a name that is longer than a label may be is in no label', () => {
  const name = `shop-${'w'.repeat(70)}`;
  expect(strictErrors(synth({ name, podSelector: MANAGED }).allObjects)).toEqual([]);
  expect(Object.values(synth({ name, podSelector: MANAGED }).object('ClusterSPIFFEID', name).metadata.labels)).not.toContain(name);
});

test('fails for a name that is none', () => {
  expect(() => spec({ name: 'Web_1', podSelector: MANAGED })).toThrow("ClusterSPIFFEID name 'Web_1' is no Kubernetes name: use up to 253 of a-z");
});

test('fails for a lifetime that the CA cannot keep', () => {
  expect(() => spec({ podSelector: MANAGED, x509SvidTtl: Duration.hours(5) })).toThrow(
    "X.509-SVID TTL of ClusterSPIFFEID 'web' 5h exceeds 4h, one sixth of the CA TTL (24h): lower it or raise caTtl");
});

test('fails for federation with the own trust domain', () => {
  expect(() => spec({ podSelector: MANAGED, federatesWith: [TrustDomain.of('example.org')] })).toThrow(
    "ClusterSPIFFEID 'web' federates with its own trust domain 'example.org': agents would stop renewing, remove it");
});

test.each([
  ['ns/{{ .PodMeta.Namespace }}', "would be part of the trust domain: begin with '/', as in '/ns/{{ .PodMeta.Namespace }}'"],
  ['/app/{{ .PodMeta.Labels.app }}', 'uses labels or annotations'],
  ['/ns/{{ .PodMeta.Namespace', 'has an expression that is not known'],
  ['/ns/{{ .Pod.Namespace }}', 'has an expression that is not known'],
  ['/spire/{{ .PodMeta.Namespace }}', "is below '/spire', which SPIRE keeps for itself"],
  ['/ns/{{ .PodMeta.Namespace }}/', 'has an empty segment'],
])('fails for the template %s', (path, message) => {
  expect(() => SpiffeIdTemplate.path(path)).toThrow(message);
});

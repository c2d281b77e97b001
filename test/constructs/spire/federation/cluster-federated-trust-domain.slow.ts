import { BUNDLE } from './bundle';
import {
  BundleEndpointProfile, ClusterFederatedTrustDomain, ClusterFederatedTrustDomainProps, Spire, SpiffeBundle, SpiffeId, TrustDomain,
} from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform } from '../../../support/synth';

const OTHER = TrustDomain.of('other.org');
const SERVER = SpiffeId.parse('spiffe://other.org/spire/server');

const synth = (props: Partial<ClusterFederatedTrustDomainProps> = {}) => synthPlatform((platform) =>
  new ClusterFederatedTrustDomain(platform, 'other', {
    spire: new Spire(platform, 'spire', { className: 'own' }),
    trustDomain: OTHER,
    bundleEndpointUrl: 'https://spire.other.org:8443',
    bundleEndpointProfile: BundleEndpointProfile.httpsSpiffe(SERVER),
    ...props,
  }));

test('https_spiffe with a first bundle', () => {
  const output = synth({ bundle: SpiffeBundle.json(BUNDLE) });
  expect(output.object('ClusterFederatedTrustDomain', 'other.org').spec).toEqual({
    className: 'own',
    trustDomain: 'other.org',
    bundleEndpointURL: 'https://spire.other.org:8443',
    bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://other.org/spire/server' },
    trustDomainBundle: BUNDLE,
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('https_web has no SPIFFE ID of the endpoint, which the webhook would refuse', () => {
  const { spec } = synth({ bundleEndpointProfile: BundleEndpointProfile.httpsWeb() }).object('ClusterFederatedTrustDomain', 'other.org');
  expect(spec.bundleEndpointProfile).toEqual({ type: 'https_web' });
});

test('an underscore is possible in a trust domain, not in the name of the object', () => {
  const trustDomain = TrustDomain.of('my_other.org');
  const output = synth({ trustDomain, bundleEndpointProfile: BundleEndpointProfile.httpsWeb() });
  expect(output.object('ClusterFederatedTrustDomain', 'my-other.org').spec.trustDomain).toBe('my_other.org');
});

test('agents of a cluster that federates give all bundles as ROOTCA, those of others keep the names of SPIRE', () => {
  const agentConf = (output: ReturnType<typeof synth>) => output.object('ConfigMap', 'spire-agent').data['agent.conf'];
  expect(agentConf(synth())).toMatch(/\n {2}sds \{\n {4}#.*\n {4}default_bundle_name = "null"\n {4}default_all_bundles_name = "ROOTCA"\n {2}\}\n\}\n/);
  expect(agentConf(synthPlatform((platform) => new Spire(platform, 'spire')))).not.toContain('sds');
});

test.each<[string, Partial<ClusterFederatedTrustDomainProps>, string]>([
  ['the own trust domain', { trustDomain: TrustDomain.of('example.org') }, "cluster 'prod' federates with its own trust domain 'example.org': remove it"],
  ['http', { bundleEndpointUrl: 'http://spire.other.org' }, "federation with 'other.org' has URL 'http://spire.other.org': SPIRE fetches bundles over https only"],
  ['no URL', { bundleEndpointUrl: 'spire.other.org' }, 'SPIRE fetches bundles over https only'],
  ['a user', { bundleEndpointUrl: 'https://me:secret@spire.other.org' }, 'with a user: remove it, the bundle is public'],
  ['a host of this cluster', { bundleEndpointUrl: 'https://spire.spire.svc.cluster.local:8443' }, 'which other clusters cannot reach'],
  ['an endpoint of another trust domain', { bundleEndpointProfile: BundleEndpointProfile.httpsSpiffe(SpiffeId.parse('spiffe://third.org/spire/server')) },
    "has the endpoint SPIFFE ID 'spiffe://third.org/spire/server' of another trust domain: use 'spiffe://other.org/spire/server'"],
])('fails for %s', (_, props, message) => {
  expect(() => synth(props)).toThrow(message);
});

test('fails for two relations with one trust domain', () => {
  expect(() => synthPlatform((platform) => {
    const spire = new Spire(platform, 'spire');
    ['one', 'two'].forEach((id) => new ClusterFederatedTrustDomain(platform, id, {
      spire, trustDomain: OTHER, bundleEndpointUrl: 'https://spire.other.org', bundleEndpointProfile: BundleEndpointProfile.httpsWeb(),
    }));
  })).toThrow("has two relations with trust domain 'other.org', and SPIRE keeps one: remove one");
});

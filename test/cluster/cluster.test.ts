import * as fc from 'fast-check';
import { Cluster } from '../../src/cluster';
import { SpiffeId, TrustDomain } from '../../src/identity';
import { anyText, labels, trustDomains } from '../support/arbitraries';

const EXAMPLE = TrustDomain.of('example.org');

test('a name that is taken can stand in the SPIFFE ID of an agent and as name of a folder', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'aZ0._-/ :'), maxLength: 70 });
  fc.assert(fc.property(trustDomains, fc.oneof(nearly, anyText, labels), (trustDomain, name) => {
    let cluster: Cluster;
    try {
      cluster = Cluster.of({ name, trustDomain });
    } catch (error) {
      expect((error as Error).message).toContain(`cluster name '${name}' cannot stand in a SPIFFE ID`);
      return;
    }
    expect(SpiffeId.of(trustDomain, 'spire', 'agent', 'k8s_psat', cluster.name, 'uid').path).toContain(`/${name}/`);
    expect(name).toMatch(/^[A-Za-z0-9]/);
  }), { numRuns: 300 });
});

test('every label is a name', () => {
  fc.assert(fc.property(labels, (name) => {
    expect(Cluster.of({ name, trustDomain: EXAMPLE }).name).toBe(name);
  }));
});

test('services have DNS names in the domain of the cluster', () => {
  expect(Cluster.of({ name: 'prod', trustDomain: EXAMPLE }).serviceHost('web', 'shop')).toBe('web.shop.svc.cluster.local');
  expect(Cluster.of({ name: 'prod', trustDomain: EXAMPLE, clusterDomain: 'k8s.corp' }).serviceHost('web', 'shop')).toBe('web.shop.svc.k8s.corp');
});

test.each([
  [''], ['.prod'], ['-prod'], ['prod/eu'], ['prod eu'], ['a'.repeat(64)], ['prod\n'],
])('fails for the name %j', (name) => {
  expect(() => Cluster.of({ name, trustDomain: EXAMPLE })).toThrow(`cluster name '${name}' cannot stand in a SPIFFE ID: use up to 63 letters`);
});

test.each([
  [''], ['cluster.local.'], ['.local'], ['Cluster.local'], ['cluster..local'], ['-a.local'],
])('fails for the cluster domain %j', (clusterDomain) => {
  expect(() => Cluster.of({ name: 'prod', trustDomain: EXAMPLE, clusterDomain })).toThrow(`cluster domain '${clusterDomain}' is no DNS name`);
});

test('fails for a cluster domain with what is written before it', () => {
  expect(() => Cluster.of({ name: 'prod', trustDomain: EXAMPLE, clusterDomain: 'svc.cluster.local' }))
    .toThrow("cluster domain 'svc.cluster.local' begins with 'svc.', which is written before it: use 'cluster.local'");
});

test.each([[0, '0'], [65536, '65536'], [64.5, '64.5'], [NaN, 'NaN'], ['6443' as unknown as number, "'6443'"]])('fails for port %s of the API server', (apiServerPort, shown) => {
  expect(() => Cluster.of({ name: 'prod', trustDomain: EXAMPLE, apiServerPort })).toThrow(`apiServerPort ${shown} is no port`);
});

test('fails for a missing environment variable, and for a bare text as trust domain', () => {
  expect(() => Cluster.of({ name: undefined as unknown as string, trustDomain: EXAMPLE })).toThrow('Cluster.of has no name: give a text; given are trustDomain');
  expect(() => Cluster.of({ name: 'demo', trustDomain: 'example.org' as unknown as TrustDomain })).toThrow("trustDomain of Cluster.of is 'example.org': give a TrustDomain");
});

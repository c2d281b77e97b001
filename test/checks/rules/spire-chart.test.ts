import { found } from '../cases';

const RELEASE = (server = '{}'): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: spire, namespace: identity}
spec:
  chart: {spec: {chart: spire}}
  values: {global: {spire: {trustDomain: example.org, clusterName: a}}, spire-server: ${server}}
---
`;
const ID = (spec: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: web}
spec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/web", podSelector: {matchLabels: {app: web}}, ${spec}}
`;

describe('objects beside a release of SPIRE\'s chart', () => {
  test.each([
    ['no class', RELEASE(), 'hint: a', 'className is "", the controller managers have: identity-spire'],
    ['the class of another release', RELEASE(), 'className: identity-spire-2', 'className is "identity-spire-2", the controller managers have: identity-spire'],
    ['another class than the values have', RELEASE('{controllerManager: {className: own}}'), 'className: identity-spire', 'className is "identity-spire", the controller managers have: own'],
  ])('fail with %s', (_, release, spec, message) => {
    expect(found('SPIRE-CLASS-NAME', release + ID(spec))).toEqual([message]);
  });

  test.each([
    ['the class of the release', RELEASE(), 'className: identity-spire'],
    ['no class that is watched', RELEASE('{controllerManager: {watchClassless: true}}'), 'hint: a'],
    ['a class that values in another file may set', 'global: {spire: {trustDomain: example.org}}\nspire-server: {}\n---\n', 'className: own'],
  ])('may have %s', (_, release, spec) => {
    expect(found('SPIRE-CLASS-NAME', release + ID(spec))).toEqual([]);
  });

  test('fail with a lifetime that its CA is too short for', () => {
    expect(found('SPIRE-ID-TTL-CA', RELEASE() + ID('ttl: 8h'))).toEqual(['ttl 8h exceeds 4h']);
    expect(found('SPIRE-ID-TTL-CA', RELEASE('{caTTL: 48h}') + ID('ttl: 8h'))).toEqual([]);
    expect(found('SPIRE-ID-TTL-CA', `spire-server: {logLevel: info}\n---\n${ID('ttl: 8h')}`)).toEqual([]);
  });

  test('fail with a partner that neither values nor objects define', () => {
    expect(found('FED-UNKNOWN-PARTNER', RELEASE() + ID('federatesWith: [b.org]'))).toEqual(['nothing defines the federation with "b.org"']);
    const partner = '{controllerManager: {identities: {clusterFederatedTrustDomains: {b: {trustDomain: b.org}}}}}';
    expect(found('FED-UNKNOWN-PARTNER', RELEASE(partner) + ID('federatesWith: [b.org]'))).toEqual([]);
  });
});

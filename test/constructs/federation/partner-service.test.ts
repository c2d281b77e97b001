import { TestCluster } from './fixture';
import {
  AccessEnforcer, AccessPolicy, Federation, FederationPartner, PartnerService, PartnerServiceProps, ServiceEntryProtocol, SpiffeId, TrustDomain,
  WorkloadIdentity,
} from '../../../src';
import { networkAllows } from '../../support/policies/network-policy';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';

const ACME = TrustDomain.of('acme.example');

function synth(define: (eu: TestCluster, partner: FederationPartner) => Partial<PartnerServiceProps> = () => ({})): Synthesized {
  return Synthesized.of((app) => {
    const eu = new TestCluster(app, 'eu');
    const partner = FederationPartner.httpsWeb({ trustDomain: ACME, bundleEndpointUrl: 'https://spiffe.acme.example' });
    new Federation(app, 'federation', { members: [{ spire: eu.spire, mesh: eu.mesh }], partners: [partner] });
    eu.enroll('other');
    new PartnerService(eu.platform, 'billing', {
      mesh: eu.mesh,
      partner,
      host: 'api.acme.example',
      port: 8443,
      identities: [SpiffeId.of(ACME, 'billing')],
      callers: [eu.web],
      namespace: 'shop',
      ...define(eu, partner),
    });
  });
}

test('the service has to prove an identity of the partner, and only the namespace sees it', () => {
  const output = synth();
  expect(output.object('ServiceEntry', 'api.acme.example', 'shop').spec).toEqual({
    hosts: ['api.acme.example'], location: 'MESH_INTERNAL', resolution: 'DNS', ports: [{ number: 8443, name: 'http-8443', protocol: 'HTTP' }], exportTo: ['.'],
  });
  expect(output.object('DestinationRule', 'api.acme.example', 'shop').spec).toEqual({
    host: 'api.acme.example',
    trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni: 'api.acme.example', subjectAltNames: ['spiffe://acme.example/billing'] } },
    exportTo: ['.'],
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('the network lets its callers out, and nobody else', () => {
  const policies = (enforcer: AccessEnforcer, kind: string) => synth(({ mesh, platform }) => {
    new AccessPolicy(platform, 'access', { mesh, enforcers: [enforcer] }).denyByDefault('shop');
    return {};
  }).ofKind(kind).filter(({ metadata }) => metadata.namespace === 'shop');
  const pod = (app: string) => ({ namespace: 'shop', labels: { app } });
  const ofKubernetes = policies(AccessEnforcer.networkPolicy(), 'NetworkPolicy');
  expect(['web', 'other'].map((app) => networkAllows(ofKubernetes, pod(app), undefined, 8443))).toEqual([true, false]);
  expect(policies(AccessEnforcer.cilium(), 'CiliumNetworkPolicy').find(({ metadata }) => metadata.name === 'web').spec.egress).toEqual([
    { toFQDNs: [{ matchName: 'api.acme.example' }], toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] },
  ]);
});

test('callers federate, nobody else', () => {
  expect(synth().ofKind('ClusterSPIFFEID').filter((one) => one.spec.federatesWith).map((one) => [one.metadata.name, one.spec.federatesWith]))
    .toEqual([['istio-federated-shop-web', ['acme.example']]]);
});

test('FEDERATE.md names the call', () => {
  expect(synth().files['eu/artifacts/FEDERATE.md'])
    .toContain('| we call | `spiffe://eu.example.org/ns/shop/sa/web` calls `spiffe://acme.example/billing` on port 8443 |');
});

test.each<[string, (eu: TestCluster) => Partial<PartnerServiceProps>, string]>([
  ['an identity of another trust domain', () => ({ identities: [SpiffeId.parse('spiffe://evil.example/billing')] }),
    "service 'api.acme.example' of partner 'acme.example' is to prove 'spiffe://evil.example/billing', which is of another trust domain: name SPIFFE IDs of 'acme.example'"],
  ['no identities: everybody of the partner would pass', () => ({ identities: [] }), "'identities' is an empty list"],
  ['no callers', () => ({ callers: [] }), "'callers' is an empty list"],
  ['callers of another namespace', () => ({ namespace: 'other' }), "is seen in namespace 'other', its caller 'spiffe://eu.example.org/ns/shop/sa/web' is in 'shop'"],
  ['a host without domain', () => ({ host: 'api' }), 'has no full DNS name'],
  ['a host with scheme', () => ({ host: 'https://api.acme.example' }), 'has no full DNS name: use one such as'],
  ['a host of the own cluster', () => ({ host: 'api.shop.svc.cluster.local' }), 'has the name of a Service in the calling cluster'],
  ['a port that is none', () => ({ port: 0 }), 'port 0 is no port'],
  ['TLS of the workload itself', () => ({ protocol: ServiceEntryProtocol.HTTPS }), 'speaks HTTPS, TLS that the workload itself begins'],
])('fails for %s', (_, props, message) => {
  expect(() => synth(props)).toThrow(message);
});

test('fails for a caller that is not enrolled', () => {
  expect(() => synth(({ platform: { cluster: { trustDomain } } }) => (
    { callers: [{ identity: WorkloadIdentity.of({ trustDomain, namespace: 'shop', serviceAccount: 'nobody' }) }] }
  ))).toThrow('is not enrolled in the mesh');
});

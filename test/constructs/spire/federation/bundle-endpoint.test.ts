import { Duration } from 'cdk8s';
import { BundleEndpoint, BundleEndpointCertificate, BundleEndpointProps, SecretRef, Spire, TrustDomain } from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform, Synthesized } from '../../../support/synth';

const HOST = 'spire-bundle.example.org';
const synth = (bundleEndpoint?: BundleEndpoint, more: (output: Synthesized) => Synthesized = (output) => output) =>
  more(synthPlatform((platform) => new Spire(platform, 'spire', { server: { bundleEndpoint } })));
const spiffe = (props: Partial<BundleEndpointProps> = {}) => BundleEndpoint.httpsSpiffe({ host: HOST, ...props });
const federationOf = (output: Synthesized) => /\n {2}federation \{\n.*?\n {2}\}\n/s.exec(output.object('ConfigMap', 'spire-server').data['server.conf'])?.[0];
const NAME = 'spire-server-bundle-endpoint';
const ingressOf = (output: Synthesized) => output.object('NetworkPolicy', 'spire-server').spec.ingress;
const portsOf = (output: Synthesized) => ingressOf(output).flatMap((rule: any) => rule.ports).map(({ port }: any) => port);

test('a server without endpoint has no trace of federation', () => {
  const output = synth();
  expect(federationOf(output)).toBeUndefined();
  expect(portsOf(output)).not.toContain(8443);
  expect(output.ofKind('Service').map((service) => service.metadata.name)).not.toContain(NAME);
});

test('https_spiffe: endpoint, load balancer, policy and port, as SPIRE 1.15 and the API server take them', () => {
  const output = synth(spiffe());
  expect(federationOf(output)).toBe(`
  federation {
    bundle_endpoint {
      address = "0.0.0.0"
      port = 8443
      refresh_hint = "5m"
      profile "https_spiffe" {}
    }
  }
`);
  expect(output.object('Service', NAME)).toMatchObject({
    metadata: { namespace: 'spire-server', annotations: { 'external-dns.alpha.kubernetes.io/hostname': HOST } },
    spec: {
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/name': 'spire-server' },
      ports: [{ name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' }],
    },
  });
  expect(output.object('StatefulSet', 'spire-server').spec.template.spec.containers[0].ports).toContainEqual(
    { name: 'federation', containerPort: 8443, protocol: 'TCP' });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test("the server's policy opens the endpoint to everybody, beside the webhook, and nothing else", () => {
  const open = ingressOf(synth(spiffe())).filter((rule: any) => rule.from === undefined);
  expect(open).toEqual([{ ports: [{ port: 9443, protocol: 'TCP' }, { port: 8443, protocol: 'TCP' }] }]);
});

test('address ranges reach policy and load balancer, which then keeps the addresses of callers', () => {
  const output = synth(spiffe({ allowedCidrs: ['203.0.113.0/24'], port: 8443 }));
  expect(ingressOf(output)).toContainEqual({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8443, protocol: 'TCP' }] });
  expect(output.object('Service', NAME).spec).toMatchObject({
    externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['203.0.113.0/24'], ports: [{ port: 8443, targetPort: 8443 }],
  });
});

test('https_web with a Secret: the certificate is mounted where server.conf looks, and read again each hour', () => {
  const output = synth(BundleEndpoint.httpsWeb({ host: HOST, certificate: BundleEndpointCertificate.secret(SecretRef.of('endpoint-tls')) }));
  const [verify] = Object.keys(output.files).filter((path) => path.endsWith('VERIFY.md'));
  expect(output.files[verify]).toMatch(/create secret tls endpoint-tls [^]*apply --server-side -f 20-spire-server/);
  expect(federationOf(output)).toContain(`profile "https_web" {
        serving_cert_file {
          cert_file_path = "/run/spire/server/files/secrets/endpoint-tls/tls.crt"
          key_file_path = "/run/spire/server/files/secrets/endpoint-tls/tls.key"
          file_sync_interval = "1h"
        }
      }`);
  const { containers, volumes } = output.object('StatefulSet', 'spire-server').spec.template.spec;
  expect(volumes).toContainEqual({
    name: 'secret-endpoint-tls',
    secret: { secretName: 'endpoint-tls', defaultMode: 0o440, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] },
  });
  expect(containers[0].volumeMounts).toContainEqual({ name: 'secret-endpoint-tls', mountPath: '/run/spire/server/files/secrets/endpoint-tls', readOnly: true });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('https_web with ACME: the domain is the host, the terms are accepted', () => {
  const certificate = BundleEndpointCertificate.acme({ email: 'ops@example.org', directoryUrl: 'https://acme.example.org/directory' });
  expect(federationOf(synth(BundleEndpoint.httpsWeb({ host: HOST, certificate })))).toContain(`acme {
          domain_name = "${HOST}"
          email = "ops@example.org"
          tos_accepted = true
          directory_url = "https://acme.example.org/directory"
        }`);
});

test('the URL and the profile are what others need', () => {
  const example = TrustDomain.of('example.org');
  expect([spiffe().url, spiffe({ port: 8443 }).url]).toEqual([`https://${HOST}`, `https://${HOST}:8443`]);
  expect([spiffe().profileOf(example).name, spiffe().profileOf(example).endpointSpiffeId?.uri]).toEqual(['https_spiffe', 'spiffe://example.org/spire/server']);
  const web = BundleEndpoint.httpsWeb({ host: HOST, certificate: BundleEndpointCertificate.acme({ email: 'a@example.org' }) }).profileOf(example);
  expect([web.name, web.endpointSpiffeId]).toEqual(['https_web', undefined]);
});

test.each([
  [{ host: 'http://spire.example.org' }, "bundle endpoint has host 'http://spire.example.org' with scheme 'http': give the host alone"],
  [{ host: 'spire.example.org:8443' }, "has host 'spire.example.org:8443', which is no DNS name or IPv4 address"],
  [{ host: 'spire.example.org/bundle' }, 'which is no DNS name or IPv4 address'],
  [{ host: '999.1.1.1' }, "bundle endpoint has host '999.1.1.1', which is no IPv4 address"],
  [{ host: 'localhost' }, "has host 'localhost', which other clusters cannot reach: give a name that leads to a load balancer"],
  [{ host: '127.0.0.1' }, 'which other clusters cannot reach'],
  [{ host: 'spire-server.spire-server.svc.cluster.local' }, 'which other clusters cannot reach'],
  [{ host: 'spire' }, 'which other clusters cannot reach'],
  [{ port: 0 }, "bundle endpoint 'spire-bundle.example.org' has port 0: use a whole number from 1 to 65535"],
  [{ refreshHint: Duration.seconds(30) }, 'has refreshHint 30s: others fetch no more often than each minute'],
  [{ refreshHint: Duration.hours(24) }, 'has refreshHint 24h'],
  [{ allowedCidrs: [] }, 'has empty allowedCidrs'],
  [{ allowedCidrs: ['999.0.0.0/8'] }, "allows '999.0.0.0/8', which is no address range"],
  [{ allowedCidrs: ['203.0.113.0/33'] }, "allows '203.0.113.0/33', which is no address range"],
  [{ allowedCidrs: ['203.0.113.7'] }, "allows '203.0.113.7', which is no address range: use CIDR notation such as '203.0.113.0/24'"],
])('fails for %j', (props, message) => {
  expect(() => spiffe(props)).toThrow(message);
});

test('fails for an ACME address that is none', () => {
  expect(() => BundleEndpointCertificate.acme({ email: 'ops' })).toThrow("ACME email 'ops' is no address");
});

const acme = BundleEndpointCertificate.acme({ email: 'ops@example.org' });
const ownAcme = BundleEndpointCertificate.acme({ email: 'ops@example.org', directoryUrl: 'https://ca.example.org' });

test('a CA of one\'s own that speaks ACME may be among the callers', () => {
  expect(BundleEndpoint.httpsWeb({ host: HOST, certificate: ownAcme, allowedCidrs: ['203.0.113.0/28', '2001:db8::/32'] }).allowedCidrs).toHaveLength(2);
});

test.each([
  ['another port', { certificate: ownAcme, port: 8443 }, 'has port 8443 and a certificate by ACME, whose CA calls port 443: leave port out, or use a Secret'],
  ['callers that are not everybody', { certificate: acme, allowedCidrs: ['203.0.113.0/28'] },
    'has allowedCidrs 203.0.113.0/28 and a certificate by ACME, whose CA calls from anywhere: leave allowedCidrs out, or use a Secret'],
])('fails for ACME with %s: no certificate would ever come', (_, props, message) => {
  expect(() => BundleEndpoint.httpsWeb({ host: HOST, ...props })).toThrow(message);
});

test('fails for ACME with an address', () => {
  expect(() => BundleEndpoint.httpsWeb({ host: '203.0.113.7', certificate: acme })).toThrow("bundle endpoint '203.0.113.7' is an IP address and has a certificate by ACME");
});

import { Cluster, KeyType, OutputChecks, Platform, SecretRef, Spire, SpireOidcDiscoveryProvider, SpireOidcDiscoveryProviderProps, SpireProps, TrustDomain, WorkloadApiSocket } from '../../../../src';
import { readOidcConfig } from '../../../../src/model/spire/oidc';
import { Problems } from '../../../../src/model/spire/problems';
import { strictErrors } from '../../../support/strict-schema';
import { CLUSTER, synthPlatform, Synthesized } from '../../../support/synth';

const NAME = 'spire-oidc-discovery-provider';
const ISSUER = 'https://oidc.example.org';
type Props = Partial<SpireOidcDiscoveryProviderProps>;

function synth(props: Props = {}, spire: SpireProps = {}, issuer: string | undefined = ISSUER): Synthesized {
  return synthPlatform((platform) => new SpireOidcDiscoveryProvider(platform, 'oidc', {
    spire: new Spire(platform, 'spire', { ...spire, server: { jwtIssuer: issuer, jwtKeyType: KeyType.RSA_2048, ...spire.server } }),
    certificate: SecretRef.of('oidc-tls'),
    ...props,
  }), CLUSTER, OutputChecks.STOP_AT_ERRORS);
}

const textOf = (output: Synthesized): string => output.object('ConfigMap', NAME).data[`${NAME.slice('spire-'.length)}.conf`];

function read(output: Synthesized) {
  const problems = new Problems();
  const config = readOidcConfig(textOf(output), problems)!;
  expect(problems.list).toEqual([]);
  return config.file;
}

test('the configuration is one that the provider takes, with facts of SPIRE by reference', () => {
  expect(textOf(synth())).toBe(`log_level = "INFO"
log_format = "json"
domains = ["oidc.example.org"]
jwt_issuer = "https://oidc.example.org"
jwks_uri = "https://oidc.example.org/keys"
serving_cert_file {
  addr = ":8443"
  cert_file_path = "/run/spire/oidc/tls/tls.crt"
  key_file_path = "/run/spire/oidc/tls/tls.key"
  file_sync_interval = "1m"
}
workload_api {
  socket_path = "/spiffe-workload-api/spire-agent.sock"
  trust_domain = "example.org"
}
health_checks {
  bind_port = 8008
  live_path = "/live"
  ready_path = "/ready"
}
`);
});

test('the issuer is that of the server, byte by byte, and the API server takes every object', () => {
  const output = synth({}, {}, 'https://oidc.example.org:8443/tenant/');
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain('jwt_issuer = "https://oidc.example.org:8443/tenant/"');
  const file = read(output);
  expect([file.text('jwt_issuer'), file.text('jwks_uri'), file.text('server_path_prefix'), file.texts('domains')])
    .toEqual(['https://oidc.example.org:8443/tenant/', 'https://oidc.example.org:8443/tenant/keys', '/tenant', ['oidc.example.org']]);
  expect(output.object('Service', NAME).spec.ports).toEqual([{ name: 'https', port: 8443, targetPort: 'https', protocol: 'TCP' }]);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('pods get the socket, the certificate and an identity, which nobody else gets', () => {
  const output = synth({}, { socket: WorkloadApiSocket.of({ fileName: 'api.sock', csiDriver: 'own.csi' }) });
  const { template } = output.object('Deployment', NAME).spec;
  expect(template.spec.volumes).toEqual([
    { name: 'config', configMap: { name: NAME } },
    { name: 'certificate', secret: { secretName: 'oidc-tls', defaultMode: 0o440 } },
    { name: 'workload-api', csi: { driver: 'own.csi', readOnly: true } },
  ]);
  expect(read(output).block('workload_api')!.text('socket_path')).toBe('/spiffe-workload-api/api.sock');
  expect(output.object('ClusterSPIFFEID', NAME).spec).toMatchObject({
    className: 'spire',
    podSelector: { matchLabels: { 'app.kubernetes.io/name': template.metadata.labels['app.kubernetes.io/name'] } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'spire-oidc' } },
  });
  // the controller manager leaves out the namespaces of SPIRE, so it cannot be one of them
  expect(output.object('ConfigMap', 'spire-controller-manager').data['config.yaml']).not.toContain('spire-oidc');
  expect(output.object('Namespace', 'spire-oidc').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
});

test('it is in the stage of its identity, which an earlier one would wait for', () => {
  expect(Object.keys(synth().files).filter((path) => path.includes(NAME)))
    .toEqual([`prod/40-identities/${NAME}-network.k8s.yaml`, `prod/40-identities/${NAME}.k8s.yaml`]);
});

test('everybody reaches it by a load balancer, and it calls nobody', () => {
  const output = synth();
  expect(output.object('Service', NAME)).toMatchObject({
    metadata: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'oidc.example.org' } }, spec: { type: 'LoadBalancer' },
  });
  expect(output.object('NetworkPolicy', NAME).spec).toMatchObject({
    ingress: [{ ports: [{ port: 8443, protocol: 'TCP' }] }], policyTypes: ['Ingress', 'Egress'],
  });
  expect(output.object('NetworkPolicy', NAME).spec.egress).toBeUndefined();
  expect(output.object('NetworkPolicy', 'default-deny', 'spire-oidc').spec.podSelector).toEqual({});
});

test('some reach it, in the cluster only, under more names', () => {
  const output = synth({
    loadBalancer: false, allowedCidrs: ['10.0.0.0/8'], additionalDomains: ['keys.example.org'], namespace: 'keys', replicas: 3, setKeyUse: true,
  }, { networkPolicies: {} }, `https://${NAME}.keys.svc.cluster.local`);
  const { spec, metadata } = output.object('Service', NAME);
  expect([spec.type, spec.loadBalancerSourceRanges, metadata.annotations['external-dns.alpha.kubernetes.io/hostname']]).toEqual(['ClusterIP', undefined, undefined]);
  expect(output.object('NetworkPolicy', NAME, 'keys').spec.ingress[0].from).toEqual([{ ipBlock: { cidr: '10.0.0.0/8' } }]);
  expect(output.object('Deployment', NAME).spec.replicas).toBe(3);
  expect([read(output).texts('domains'), read(output).bool('set_key_use')]).toEqual([[`${NAME}.keys.svc.cluster.local`, 'keys.example.org'], true]);
});

test('callers that are limited keep their address up to the pod, and no policy is written where SPIRE has none', () => {
  expect(synth({ allowedCidrs: ['192.0.2.0/24'] }).object('Service', NAME).spec)
    .toMatchObject({ externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['192.0.2.0/24'] });
  expect(synth({}, { networkPolicies: { enabled: false } }).ofKind('NetworkPolicy')).toEqual([]);
});

test('a provider at an address asks for no DNS name', () => {
  expect(synth({}, {}, 'https://203.0.113.7').object('Service', NAME).metadata.annotations).not.toHaveProperty(['external-dns.alpha.kubernetes.io/hostname']);
});

test('VERIFY.md asks as a verifier does, once the name leads to the load balancer', () => {
  const page = synth({}, {}, `${ISSUER}/prod`).files['prod/artifacts/VERIFY.md'];
  expect(page).toContain('kubectl -n spire-oidc create secret tls oidc-tls --cert=tls.crt --key=tls.key');
  expect(page).toContain('oidc.example.org has to lead there from where tokens are verified');
  expect(page).toContain(`kubectl -n spire-oidc get service ${NAME} -o jsonpath=`);
  expect(page).toContain(`
curl --fail --silent --show-error https://oidc.example.org/prod/.well-known/openid-configuration | jq -c '[.issuer, .jwks_uri]'
curl --fail --silent --show-error https://oidc.example.org/prod/keys | jq '.keys | length'
`);
  expect(page).toContain('["https://oidc.example.org/prod","https://oidc.example.org/prod/keys"]\n1\n');
  expect(page).not.toContain('port-forward');
});

test('VERIFY.md asks through kubectl where only the cluster reaches the provider', () => {
  const host = `${NAME}.spire-oidc.svc`;
  const page = synth({ loadBalancer: false }, {}, `https://${host}:8444`).files['prod/artifacts/VERIFY.md'];
  expect(page).toContain(`
kubectl -n spire-oidc port-forward service/${NAME} 8443:8444 >/dev/null & sleep 3
curl --fail --silent --show-error --connect-to ${host}:8444:127.0.0.1:8443 https://${host}:8444/.well-known/openid-configuration | jq -c '[.issuer, .jwks_uri]'
curl --fail --silent --show-error --connect-to ${host}:8444:127.0.0.1:8443 https://${host}:8444/keys | jq '.keys | length'
kill $!
`);
  expect(page).not.toContain(`get service ${NAME}`);
});

test.each<[string, Props, string | undefined, RegExp]>([
  ['an issuer that only the cluster reaches', {}, 'https://oidc.spire-oidc.svc', /other clusters cannot reach.* or set loadBalancer: false for verifiers in the cluster/],
  ['an issuer in upper case, which verifiers take for another one', {}, 'https://OIDC.example.org', /no DNS name/],
  ['such an issuer in the cluster', { loadBalancer: false }, 'https://OIDC.example.org', /no DNS name in lower case/],
  ['an issuer with a port that is none', {}, 'https://oidc.example.org:99999', /port of issuer .* 99999 is not possible/],
  ['an issuer with a port that is no number', {}, 'https://oidc.example.org:https', /port of issuer/],
  ['a namespace that is none', { namespace: 'Keys' }, ISSUER, /no name of a namespace/],
  ['one replica', { replicas: 1 }, ISSUER, /give a whole number from 2/],
  ['nobody who may call', { allowedCidrs: [] }, ISSUER, /allowedCidrs is empty/],
  ['a range that is none', { allowedCidrs: ['10.0.0.1'] }, ISSUER, /10\.0\.0\.1/],
  ['a domain with a scheme', { additionalDomains: ['https://a.example.org'] }, ISSUER, /additional domain 'https:\/\/a.example.org' is no DNS name in lower case: give one/],
  ['a domain in upper case', { additionalDomains: ['keys.example.org', 'Keys.example.org'] }, ISSUER, /additional domain 'Keys.example.org' is no DNS name/],
  ['a domain with an empty label', { additionalDomains: ['a..b'] }, ISSUER, /additional domain 'a..b' is no DNS name/],
  ['an IPv6 address as domain', { additionalDomains: ['2001:db8::1'] }, ISSUER, /additional domain '2001:db8::1' is no DNS name/],
  ['a level that SPIRE does not have', { logLevel: 'LOUD' as any }, ISSUER, /logLevel 'LOUD' is unknown/],
  ['no certificate', { certificate: undefined }, ISSUER, /certificate/],
])('fails for %s', (_, props, issuer, message) => {
  expect(() => synth(props, {}, issuer)).toThrow(message);
});

test('fails for tokens without issuer', () => {
  expect(() => synth({}, { server: { jwtIssuer: undefined } })).toThrow(/has no jwtIssuer.*set server\.jwtIssuer to the https URL/);
});

test('fails in another cluster than that of its SPIRE', () => {
  expect(() => Synthesized.of((app) => {
    const platform = (name: string) => new Platform(app, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of('example.org') }) });
    const spire = new Spire(platform('eu'), 'spire', { server: { jwtIssuer: ISSUER } });
    new SpireOidcDiscoveryProvider(platform('us'), 'oidc', { spire, certificate: SecretRef.of('oidc-tls') });
  })).toThrow("the OIDC discovery provider for the SPIRE of cluster 'eu' is defined in 'us', where it gets no identity of it: define it in the Platform of 'eu'");
});

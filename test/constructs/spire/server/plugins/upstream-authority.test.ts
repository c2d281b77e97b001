import { FileRef, SecretRef, Spire, UpstreamAuthority } from '../../../../../src';
import { synthPlatform } from '../../../../support/synth';

const spire = (upstreamAuthority: UpstreamAuthority) => synthPlatform((platform) => new Spire(platform, 'spire', { server: { upstreamAuthority } }));

const PCA = 'arn:aws:acm-pca:us-east-1:1:certificate-authority/ab';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:1:secret:ca';

test('cert-manager: the server may ask for certificates where the issuer is, and nothing else', () => {
  const output = spire(UpstreamAuthority.certManager({ issuerName: 'spire', namespace: 'pki' }));
  expect(output.object('Role', 'spire-server-plugins')).toMatchObject({
    metadata: { namespace: 'pki' },
    rules: [{ apiGroups: ['cert-manager.io'], resources: ['certificaterequests'], verbs: ['create', 'get', 'list', 'delete'] }],
  });
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain('issuer_kind = "Issuer"\n      issuer_group = "cert-manager.io"');
});

test('spire: the socket of the upstream agent comes by its CSI driver', () => {
  const pod = spire(UpstreamAuthority.spire({ serverAddress: 'root', csiDriver: 'upstream.csi.spiffe.io' })).object('StatefulSet', 'spire-server').spec.template.spec;
  expect(pod.volumes).toContainEqual({ name: 'upstream-agent', csi: { driver: 'upstream.csi.spiffe.io', readOnly: true } });
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'upstream-agent', mountPath: '/run/spire/upstream', readOnly: true });
});

test('disk: certificate and key come from one Secret', () => {
  const secret = SecretRef.of('upstream-ca');
  const output = spire(UpstreamAuthority.disk({ certificate: FileRef.secret(secret, 'tls.crt'), privateKey: FileRef.secret(secret, 'tls.key') }));
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain(`UpstreamAuthority "disk" {
    plugin_data {
      cert_file_path = "/run/spire/server/files/secrets/upstream-ca/tls.crt"
      key_file_path = "/run/spire/server/files/secrets/upstream-ca/tls.key"
    }`);
});

test('an endpoint of a VPC in the same region, and one of somebody else, are taken', () => {
  const conf = (endpoint: string) => spire(UpstreamAuthority.awsPca({ region: 'us-east-1', certificateAuthorityArn: PCA, endpoint }))
    .object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf('https://vpce-1-2.acm-pca.us-east-1.vpce.amazonaws.com')).toContain('endpoint = "https://vpce-1-2.');
  expect(conf('https://pca.example.org')).toContain('endpoint = "https://pca.example.org"');
});

test.each([
  ['an empty issuer', () => UpstreamAuthority.certManager({ issuerName: '', namespace: 'pki' }), 'issuerName is empty'],
  ['an ARN that is none', () => UpstreamAuthority.awsPca({ region: 'r', certificateAuthorityArn: 'ca' }),
    "certificateAuthorityArn 'ca' is no ARN: write it as 'arn:aws:<service>:<region>:<account>:<resource>'"],
  ['a secret that is no ARN', () => UpstreamAuthority.awsSecret({ region: 'r', certificateArn: 'c', privateKeyArn: 'k' }), "certificateArn 'c' is no ARN"],
  ['an authority in another region', () => UpstreamAuthority.awsPca({ region: 'eu-west-1', certificateAuthorityArn: PCA }),
    `certificateAuthorityArn '${PCA}' is in region 'us-east-1', but region is 'eu-west-1': make both the same`],
  ['an endpoint in another region', () => UpstreamAuthority.awsPca({
    region: 'us-east-1', certificateAuthorityArn: PCA, endpoint: 'https://vpce-1-2.acm-pca.eu-west-1.vpce.amazonaws.com',
  }), "is in region 'eu-west-1', but region is 'us-east-1'"],
  ['an authority that is a role', () => UpstreamAuthority.awsPca({ region: 'us-east-1', certificateAuthorityArn: 'arn:aws:iam::1:role/x' }),
    "is of the service 'iam': give one of 'acm-pca'"],
  ['a key in another region', () => UpstreamAuthority.awsSecret({ region: 'eu-west-1', certificateArn: SECRET, privateKeyArn: SECRET.replace('eu-west-1', 'eu-west-2') }),
    "privateKeyArn 'arn:aws:secretsmanager:eu-west-2:1:secret:ca' is in region 'eu-west-2', but region is 'eu-west-1'"],
  ['the resource name of a pool', () => UpstreamAuthority.gcpCas({
    project: 'p', region: 'r', caPool: 'projects/other/locations/r/caPools/pool', labelKey: 'k', labelValue: 'v',
  }), "give the name of the pool alone, 'pool'"],
  ['an empty pool', () => UpstreamAuthority.gcpCas({ project: 'p', region: 'r', caPool: '', labelKey: 'k', labelValue: 'v' }), 'caPool is empty'],
  ['a relative socket', () => UpstreamAuthority.spire({ serverAddress: 'a', workloadApiSocket: 'a.sock' }), "workloadApiSocket 'a.sock' is no absolute path"],
  ['a built-in plugin', () => UpstreamAuthority.custom({ name: 'vault' }), "UpstreamAuthority 'vault' is built into SPIRE"],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

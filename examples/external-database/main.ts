import { Duration } from 'cdk8s';
import {
  CloudIdentity, Cluster, DataStore, FileRef, GitOpsApp, KeyManager, KeyType, NetworkPeer, Platform, SecretRef, Spire,
  SpireOidcDiscoveryProvider, TrustDomain, UpstreamAuthority, VaultAuth,
} from 'cdk8s-spiffe';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });
const platform = new Platform(app, 'prod', {
  cluster: Cluster.of({ name: 'prod-eu', trustDomain: TrustDomain.of('example.org') }),
});

const spire = new Spire(platform, 'spire', {
  server: {
    replicas: 3,
    // the servers go on for a day or more without Vault
    caTtl: Duration.days(7),
    // AWS verifies RSA only
    jwtIssuer: 'https://oidc.example.org',
    jwtKeyType: KeyType.RSA_2048,
    dataStore: DataStore.postgres({
      host: 'spire.cluster-abc.eu-west-1.rds.amazonaws.com',
      readOnlyHost: 'spire.cluster-ro-abc.eu-west-1.rds.amazonaws.com',
      database: 'spire',
      credentials: SecretRef.of('spire-db'),
      certificateAuthority: FileRef.secret(SecretRef.of('spire-db-ca'), 'ca.crt'),
      // three servers and a roll-out: below the limit of the database
      maxOpenConnections: 20,
      connectionMaxLifetime: Duration.minutes(30),
    }),
    keyManager: KeyManager.awsKms({ region: 'eu-west-1', keyTags: { 'managed-by': 'spire' } }),
    cloudIdentity: CloudIdentity.aws('arn:aws:iam::123456789012:role/spire-server'),
    upstreamAuthority: UpstreamAuthority.vault({
      address: 'https://vault.example.org:8200',
      auth: VaultAuth.kubernetes({ role: 'spire-server' }),
      pkiMountPoint: 'pki-spire',
      certificateAuthority: FileRef.configMap('vault-ca', 'ca.crt'),
    }),
  },
  networkPolicies: {
    apiServerAddresses: ['10.20.0.0/24'],
    nodeAddresses: ['10.20.0.0/16'],
    metricsReaders: [NetworkPeer.pods('monitoring', { 'app.kubernetes.io/name': 'prometheus' })],
  },
});

new SpireOidcDiscoveryProvider(platform, 'oidc', { spire, certificate: SecretRef.of('spire-oidc-tls') });

app.synth();
console.log(app.summary.toString());

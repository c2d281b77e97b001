import { Duration } from 'cdk8s';
import {
  AgentBundle, AgentExperimental, AgentKeyManager, BundleFormat, BundlePublisher, BundleUrlFormat, ClusterFederatedTrustDomain, BundleEndpointProfile,
  CredentialComposer, DataStore, FileRef, KeyIdentifier, KeyManager, KeyType, NodeAttestor, RebootstrapMode, SpiffeId, Spire, SpireAgentProps,
  SpireServerProps, TrustDomain, UpstreamAuthority, VaultAuth, WorkloadAttestor,
} from '../../../../src';
import { synthPlatform } from '../../../support/synth';

/**
 * A recorded configuration that SPIRE refuses, and what happens to whoever wants the same with the library.
 */
export type Refusal = readonly [file: string, make: () => unknown, message: RegExp];

const server = (props: SpireServerProps) => synthPlatform((platform) => new Spire(platform, 'spire', { server: props }));
const agent = (props: SpireAgentProps) => synthPlatform((platform) => new Spire(platform, 'spire', { agent: props }));
const experimental = (props: AgentExperimental) => agent({ experimental: props });
const attestor = (nodeAttestor: NodeAttestor) => server({ nodeAttestors: [nodeAttestor] });
const federated = (url: string) => synthPlatform((platform) => new ClusterFederatedTrustDomain(platform, 'partner', {
  spire: new Spire(platform, 'spire'), trustDomain: TrustDomain.of('partner.example'), bundleEndpointUrl: url, bundleEndpointProfile: BundleEndpointProfile.httpsWeb(),
}));
const example = TrustDomain.of('example.org');
const broker = SpiffeId.of(example, 'broker');
const any = (value: unknown) => value as any;
const tenant = '00000000-1111-2222-3333-444444444444';

export const REFUSED: Refusal[] = [
  ['server/057-td-uppercase.conf', () => TrustDomain.of('Example.org'), /Example\.org/],
  ['server/060-td-with-path.conf', () => TrustDomain.of('example.org/ns'), /example\.org\/ns/],
  ['server/061-td-https.conf', () => TrustDomain.of('https://example.org'), /https:\/\/example\.org/],
  ['server/062-td-space.conf', () => TrustDomain.of('example org'), /example org/],
  ['server/064-td-trailing-dot.conf', () => TrustDomain.of('example.org.'), /example\.org\./],
  ['server/065-td-double-dot.conf', () => TrustDomain.of('a..b'), /a\.\.b/],
  ['server/066-td-unicode.conf', () => TrustDomain.of('münchen.example'), /münchen/],
  ['agent/010-td-upper.conf', () => TrustDomain.of('Prod.example'), /Prod\.example/],
  ['server/116-fw-td-upper.conf', () => TrustDomain.of('Partner.example'), /Partner\.example/],
  ['server/326-admin-ids-upper-td.conf', () => TrustDomain.of('Example.org'), /Example\.org/],
  ['server/113-fw-url-no-scheme.conf', () => federated('spire.partner.example'), /over https only/],
  ['server/112-fw-no-url.conf', () => federated(''), /over https only/],
  ['server/161-log-verbose.conf', () => server({ logLevel: any('verbose') }), /logLevel 'verbose' is unknown/],
  ['server/162-log-notice.json', () => server({ logLevel: any('notice') }), /logLevel 'notice' is unknown/],
  ['server/166-log-level-number.conf', () => server({ logLevel: any('3') }), /logLevel '3' is unknown/],
  ['server/164-log-format-logfmt.conf', () => server({ logFormat: any('logfmt') }), /logFormat 'logfmt' is unknown/],
  ['agent/150-log-level-bad.conf', () => agent({ logLevel: any('chatty') }), /logLevel 'chatty' is unknown/],
  ['agent/151-log-format-bad.conf', () => agent({ logFormat: any('ecs') }), /logFormat 'ecs' is unknown/],
  ['server/328-cidr-bare-ip.conf', () => server({ proxyProtocolTrustedCidrs: ['10.0.0.1'] }), /proxyProtocolTrustedCidrs has '10\.0\.0\.1', which is no address range: use CIDR notation/],
  ['server/149-m3-no-env.conf', () => server({ telemetry: { m3: [{ address: 'm3:9052', environment: '' }] } }), /environment of the M3 collector is empty/],
  ['server/176-same-plugin-twice.conf', () => server({ nodeAttestors: [NodeAttestor.joinToken(), NodeAttestor.joinToken()] }), /given twice.*put everything into one/],
  ['server/186-unknown-plugin-name.conf', () => NodeAttestor.custom({ name: 'k8s_sat' }, { name: 'k8s_sat' }), /use NodeAttestor\.k8sPsat/],
  ['server/193-external-join-token.conf', () => NodeAttestor.custom({ name: 'join_token' }, { name: 'join_token' }), /use its own factory/],
  ['server/201-memory-with-data.conf', () => KeyManager.custom({ name: 'memory', data: { a: 1 } }), /use its own factory/],
  ['server/324-uniqueid-with-data.conf', () => CredentialComposer.custom({ name: 'uniqueid', data: { a: 1 } }), /use its own factory/],
  ['agent/114-km-memory-with-data.conf', () => AgentKeyManager.custom({ name: 'memory', data: { a: 1 } }), /use its own factory/],
  ['agent/147-systemd-data.conf', () => WorkloadAttestor.custom({ name: 'systemd', data: { a: 1 } }), /use its own factory/],
  ['agent/106-windows-attestor.conf', () => WorkloadAttestor.custom({ name: 'windows' }), /works on Windows nodes only/],
  ['server/213-aws-postgres-no-region.conf', () => DataStore.awsPostgres({ host: 'db', database: 'd', region: '', user: 'u' }), /region is empty/],
  ['server/214-aws-mysql-no-region.conf', () => DataStore.awsMysql({ host: 'db', database: 'd', region: '', user: 'u' }), /region is empty/],
  ['server/223-km-aws-no-region.conf', () => KeyManager.awsKms({ region: '' }), /region is empty/],
  ['server/224-km-aws-reserved.conf', () => KeyIdentifier.fixed('alias/aws/spire'), /not 'alias\/aws\/' in front/],
  ['server/225-km-aws-long.conf', () => KeyIdentifier.fixed('a'.repeat(257)), /use 1 to 63/],
  ['server/226-km-aws-bad-tag.conf', () => KeyManager.awsKms({ region: 'eu-west-1', keyTags: { 'aws:owner': 'me' } }), /tag 'aws:owner'.*not 'aws:'/],
  ['server/228-km-gcp-no-ring.conf', () => KeyManager.gcpKms({ keyRing: '' }), /no resource ID of a key ring: write it as/],
  ['server/238-psat-no-service-accounts.conf', () => attestor(NodeAttestor.k8sPsat({
    remoteClusters: [{ clusterName: 'main', kubeConfig: FileRef.path('/a'), serviceAccounts: [] }],
  })), /give at least one/],
  ['server/250-x509pop-negative-rsa.conf', () => NodeAttestor.x509pop({ certificateAuthorities: [FileRef.path('/a')], maxRsaKeySize: -1 }), /give a whole number from 2048/],
  ['server/251-x509pop-bad-template.conf', () => NodeAttestor.x509pop({ certificateAuthorities: [FileRef.path('/a')], agentPathTemplate: '/x509pop/{{ .Fingerprint' }),
    /is no Go template.*close each/],
  ['server/256-aws-iid-org-short-ttl.conf', () => NodeAttestor.awsIid({
    organization: { managementAccountId: '1', assumeOrgRole: 'r', accountMapTtl: Duration.seconds(30) },
  }), /give at least 1m/],
  ['server/258-aws-iid-org-file-and-account.conf', () => NodeAttestor.awsIid({
    organization: { managementAccountId: '1', assumeOrgRole: 'r', accountList: FileRef.path('/a') },
  }), /keep one of the two ways/],
  ['server/260-aws-iid-bad-template.conf', () => NodeAttestor.awsIid({ agentPathTemplate: '/{{ if }}' }), /is no Go template/],
  ['server/263-azure-imds-no-tenants.conf', () => NodeAttestor.azureImds({ tenants: [] }), /tenants is empty/],
  ['server/264-azure-msi-no-tenants.json', () => NodeAttestor.azureMsi({ tenants: [] }), /tenants is empty/],
  ['server/266-azure-msi-half.conf', () => NodeAttestor.azureMsi({ tenants: [{ tenantId: tenant, appId: 'app' }] }), /subscriptionId, appId and appSecret together/],
  ['server/268-http-challenge-tofu-off.conf', () => NodeAttestor.httpChallenge({ allowedDnsPatterns: ['.*'], tofu: false }), /set allowNonRootPorts to false/],
  ['server/269-http-challenge-bad-regex.conf', () => NodeAttestor.httpChallenge({ allowedDnsPatterns: ['*.example.org'] }), /no regular expression of Go: use one such as/],
  ['server/271-sshpop-none.conf', () => NodeAttestor.sshpop({}), /give certAuthorities or certAuthoritiesFile/],
  ['server/293-ua-cert-manager-underscore.json', () => UpstreamAuthority.custom({ name: 'cert-manager' }), /use its own factory/],
  ['server/297-ua-aws-pca-no-region.json', () => UpstreamAuthority.awsPca({ region: '', certificateAuthorityArn: 'arn:aws:acm-pca:r:1:a/b' }), /region is empty/],
  ['server/299-ua-gcp-cas-no-label.conf', () => UpstreamAuthority.gcpCas({ project: 'p', region: 'r', caPool: 'c', labelKey: '', labelValue: '' }), /labelKey is empty/],
  ['server/309-cm-no-namespace.json', () => BundlePublisher.k8sConfigMap({ clusterName: 'b', kubeConfig: FileRef.path('/a'), namespace: '' }), /namespace is empty/],
  ['server/312-cm-refresh-bad.conf', () => server({
    bundlePublishers: [BundlePublisher.k8sConfigMap({
      clusterName: 'b', kubeConfig: FileRef.path('/a'), namespace: 'n', refreshHint: Duration.seconds(5),
    })],
  }), /give at least 1m and less than 24h/],
  ['server/316-s3-bad-endpoint.conf', () => BundlePublisher.awsS3({
    region: 'r', bucket: 'b', objectKey: 'o', format: BundleFormat.PEM, endpoint: 's3.example.org',
  }), /endpoint 's3\.example\.org' is no https URL: write it as/],
  ['server/321-roles-anywhere-no-anchor.json', () => BundlePublisher.awsRolesAnywhere({ region: 'r', trustAnchorId: '' }), /trustAnchorId is empty/],
  ['server/303-k8sbundle-clusters-one-block.conf', () => BundlePublisher.custom({ name: 'k8sbundle' }), /use BundlePublisher\.k8sConfigMap/],
  ['server/304-k8sbundle-namespace-list.conf', () => BundlePublisher.custom({ name: 'k8sbundle' }), /use BundlePublisher\.k8sConfigMap/],
  ['server/306-gcs-bundle-empty.conf', () => BundlePublisher.custom({ name: 'gcs_bundle' }), /use BundlePublisher\.gcpCloudStorage/],
  ['agent/035-bundle-url-http.conf', () => AgentBundle.url('http://a.example.org', BundleUrlFormat.PEM), /no https URL: write it as/],
  ['agent/036-bundle-url-no-scheme.conf', () => AgentBundle.url('a.example.org', BundleUrlFormat.PEM), /no https URL: write it as/],
  ['agent/040-bundle-workload-api-bare-path.conf', () => AgentBundle.workloadApi('run/api.sock'), /no absolute path/],
  ['agent/052-rebootstrap-insecure.conf', () => agent({ bundle: AgentBundle.insecure(), rebootstrapMode: RebootstrapMode.ALWAYS }), /use another bundle/],
  ['agent/058-admin-sub-dir.conf', () => agent({ adminSocketPath: '/run/spire/agent-sockets/admin/api.sock' }), /admin/],
  ['agent/060-admin-dotdot.json', () => agent({ adminSocketPath: '/run/spire/../admin/api.sock' }), /no absolute path/],
  ['agent/073-availability-zero.conf', () => agent({ availabilityTarget: Duration.seconds(0) }), /availabilityTarget/],
  ['agent/076-keytype-rsa-4096.conf', () => agent({ workloadX509SvidKeyType: KeyType.RSA_4096 }), /use KeyType\.RSA_2048/],
  ['agent/079-cache-jwt-negative.conf', () => agent({ jwtSvidCacheMaxSize: -1 }), /give a whole number from 1/],
  ['agent/083-exp-jwt-hit-low.conf', () => experimental({ jwtSvidCacheHitTimeout: Duration.seconds(4) }), /give from 5s to under 30s/],
  ['agent/090-broker-no-address.conf', () => experimental({ broker: { brokers: [{ id: broker, allowedReferenceTypes: [{ typeUrl: '*' }] }] } }), /give socketPath or bindAddress/],
  ['agent/091-broker-no-types.conf', () => experimental({ broker: { socketPath: '/run/b/b.sock', brokers: [{ id: broker, allowedReferenceTypes: [] }] } }), /give at least one/],
  ['agent/092-broker-wildcard-and-more.conf', () => experimental({
    broker: { socketPath: '/run/b/b.sock', brokers: [{ id: broker, allowedReferenceTypes: [{ typeUrl: '*' }, { typeUrl: 'a' }] }] },
  }), /leave the others out/],
  ['agent/094-broker-no-brokers.conf', () => experimental({ broker: { socketPath: '/run/b/b.sock', brokers: [] } }), /give at least one/],
  ['agent/098-broker-types-block-two-keys.conf', () => experimental({
    broker: { socketPath: '/run/b/b.sock', brokers: [{ id: broker, allowedReferenceTypes: [{ typeUrl: '' }] }] },
  }), /typeUrl is empty/],
  ['agent/102-no-workload-attestor.conf', () => agent({ workloadAttestors: [] }), /workloadAttestors is empty/],
  ['agent/118-azure-imds-no-tenant.conf', () => NodeAttestor.azureImds({ tenants: [{ domain: '' }] }), /domain is empty/],
  ['agent/125-tpm-no-paths.conf', () => synthPlatform((platform) => new Spire(platform, 'spire', {
    parentIdTemplate: 'spiffe://{{ .TrustDomain }}/x', agent: { nodeAttestor: NodeAttestor.tpmDevid({ devIdCa: FileRef.path('/a'), endorsementCa: FileRef.path('/b') }) },
  })), /give node/],
  ['agent/132-k8s-client-cert-no-key.conf', () => WorkloadAttestor.k8s({ kubeletClientCertificate: FileRef.path('/a') }), /belong together/],
  ['agent/141-docker-socket-bare-path.conf', () => WorkloadAttestor.docker({ dockerSocket: 'docker.sock' }), /absolute/],
  ['server/290-ua-spire-no-socket.json', () => UpstreamAuthority.spire({ serverAddress: 'a', workloadApiSocket: '' }), /no absolute path/],
  ['server/286-ua-vault-k8s-no-role.json', () => VaultAuth.kubernetes({ role: '' }), /role is empty/],
];

/**
 * What cannot be said with the library at all, by the names of the files.
 */
export const UNWRITABLE: { readonly files: RegExp; readonly reason: string }[] = [
  {
    files: /-(unknown-|removed-|misspelled-|ecs$)|unknown-key|bind-keys|agent-block-in-server|dotted-key|other-name|name-case|bad-scheme|unknown\./,
    reason: 'keys, types and names of plugins are written by the library; keys of others are marked, and those that it knows are refused',
  },
  {
    files: /(quoted|bool-|rl-bool|int-|float|list-|-scalar|block-|scalar-|number|-string|-text|null|duration-|dur-|lifetime-bad|interval|delay-bad|poll-bad|mixed|-bare\.|-bare-)/,
    reason: 'properties have types: Duration, number, boolean, lists, objects; the writer knows how each is written',
  },
  {
    files: /(comment|heredoc|quotes|backticks|unescaped|missing-brace|missing-value|bom|hcl2|no-comma|yaml|json-|first-in|env-|two-blocks|one-block|dogstatsd-block|label-first)/,
    reason: 'the writer makes the text, in the one spelling that SPIRE reads',
  },
  {
    files: /(no-trust-domain|no-data-dir|no-plugins|bind-port|bind-address|no-server-address|plugins-empty|plugins-twice|no-datastore|no-key-manager|no-node-attestor|-disabled|km-disk-no|km-disk-missing|km-disk-under|hc-path|sqlite-missing|no-cluster|both-ports|parse-time|kubelet-with-skip|named-pipe|no-profile|no-paths|web-empty|be-two-profiles|acme-and-profile|acme-deprecated|no-id|unknown-profile|json-bundle|cm-no-format|cm-bad-format|s3-no-format|no-database-type|database-type|two-database)/,
    reason: 'decided once by the library: the pod, its directories and ports, the plugins that have to be there',
  },
  {
    files: /(two-key-managers|two-upstreams|two-datastores|datastore-external|both|two-methods|three-methods|no-method|km-azure-none|km-gcp-none|km-vault-no-id|and-insecure|and-path|path-and-url|unix-without-url|bundle-none|and-file|data-file|kt-|keytype-ed|exp-.*flag|bad-mode|half|upper|jwks|bad-with|opa-empty|no-key|bad-scope|delegates-bad|subj-attr|workload-attestor-in|two-timeouts)/,
    reason: 'one of several: factories, enums and required properties leave nothing to choose wrongly',
  },
  { files: /(gcs-publisher|missing-file|missing-dir|missing-path|file-missing|token-missing|missing-token|missing-binary|bad-checksum|bad-ca|broken)/, reason: 'about files of that machine' },
];

import { Duration } from 'cdk8s';
import { Case, CERTIFICATE, serverSecret, serverText, variable } from './cases';
import {
  BundleFormat, BundlePublisher, CredentialComposer, DataStore, FileRef, KeyIdentifier, KeyManager, PluginProgram, SecretRef, UpstreamAuthority,
  VaultAuth,
} from '../../../../src';

const secret = SecretRef.of;
const pem = FileRef.text(CERTIFICATE);
const key = FileRef.secret(secret('upstream'), 'tls.key');
const pool = { max_open_conns: 50, max_idle_conns: 5, conn_max_lifetime: '30m', disable_migration: true };
const poolProps = { maxOpenConnections: 50, maxIdleConnections: 5, connectionMaxLifetime: Duration.minutes(30), disableMigration: true };
const aws = (plugin: string) => ({ access_key_id: variable(`${plugin}_ACCESS_KEY_ID`), secret_access_key: variable(`${plugin}_SECRET_ACCESS_KEY`) });
const client = { tenantId: 'tenant', appId: 'app', secret: secret('azure') };
const azure = (plugin: string) => ({ tenant_id: 'tenant', app_id: 'app', app_secret: variable(`${plugin}_APP_SECRET`) });
const identifier = (plugin: string) => ({ key_identifier_file: `/run/spire/server/data/${plugin}-key-identifier` });

const dataStore = (name: string, store: DataStore, data: object): Case => ({ name, props: { server: { dataStore: store } }, server: { 'DataStore sql': data } });
const keyManager = (name: string, manager: KeyManager, data: object): Case =>
  ({ name: `KeyManager ${name}`, props: { server: { keyManager: manager } }, server: { [`KeyManager ${name}`]: data } });
const upstream = (name: string, authority: UpstreamAuthority, data: object): Case =>
  ({ name: `UpstreamAuthority ${name}`, props: { server: { upstreamAuthority: authority } }, server: { [`UpstreamAuthority ${name}`]: data } });
const publisher = (name: string, target: BundlePublisher, data: object): Case =>
  ({ name: `BundlePublisher ${name}`, props: { server: { bundlePublishers: [target] } }, server: { [`BundlePublisher ${name}`]: data } });

const DATA_STORES: Case[] = [
  dataStore('sqlite', DataStore.sqlite(), { database_type: 'sqlite3', connection_string: '/run/spire/server/data/datastore.sqlite3' }),
  dataStore('postgres', DataStore.postgres({
    host: 'db.example.org',
    port: 5433,
    database: 'spire',
    readOnlyHost: 'ro.example.org',
    credentials: secret('db'),
    certificateAuthority: FileRef.secret(secret('db-ca'), 'ca.crt'),
    clientCertificate: secret('db-client'),
    ...poolProps,
    additionalData: { log_sql: true },
  }), {
    database_type: 'postgres',
    connection_string: `host=db.example.org port=5433 dbname=spire sslmode=verify-full sslrootcert=${serverSecret('db-ca', 'ca.crt')} sslcert=${serverSecret('db-client', 'tls.crt')} sslkey=${serverSecret('db-client', 'tls.key')} user=<DATASTORE_USERNAME> password=<DATASTORE_PASSWORD>`,
    ro_connection_string: expect.stringContaining('host=ro.example.org port=5433'),
    ...pool,
    log_sql: true,
  }),
  dataStore('postgres with IAM', DataStore.awsPostgres({
    host: 'db.example.org', database: 'spire', region: 'eu-west-1', user: 'spire', readOnlyHost: 'ro.example.org', awsCredentials: secret('aws'), ...poolProps,
  }), {
    database_type: { aws_postgres: { region: 'eu-west-1', ...aws('DATASTORE') } },
    connection_string: 'host=db.example.org port=5432 dbname=spire sslmode=verify-full user=spire',
    ro_connection_string: 'host=ro.example.org port=5432 dbname=spire sslmode=verify-full user=spire',
    ...pool,
  }),
  dataStore('mysql', DataStore.mysql({
    host: 'db.example.org',
    database: 'spire',
    readOnlyHost: 'ro.example.org',
    credentials: secret('db'),
    certificateAuthority: pem,
    clientCertificate: secret('db-client'),
    ...poolProps,
  }), {
    database_type: 'mysql',
    connection_string: '<DATASTORE_USERNAME>:<DATASTORE_PASSWORD>@tcp(db.example.org:3306)/spire?parseTime=true',
    ro_connection_string: '<DATASTORE_USERNAME>:<DATASTORE_PASSWORD>@tcp(ro.example.org:3306)/spire?parseTime=true',
    root_ca_path: serverText('datastore-ca.crt'),
    client_cert_path: serverSecret('db-client', 'tls.crt'),
    client_key_path: serverSecret('db-client', 'tls.key'),
    ...pool,
  }),
  dataStore('mysql with IAM', DataStore.awsMysql({
    host: 'db.example.org', database: 'spire', region: 'eu-west-1', user: 'spire', awsCredentials: secret('aws'),
  }), {
    database_type: { aws_mysql: { region: 'eu-west-1', ...aws('DATASTORE') } },
    connection_string: 'spire:@tcp(db.example.org:3306)/spire?parseTime=true&allowCleartextPasswords=1&tls=true',
  }),
];

const KEY_MANAGERS: Case[] = [
  keyManager('disk', KeyManager.disk(), { keys_path: '/run/spire/server/data/keys.json' }),
  keyManager('memory', KeyManager.memory(), {}),
  keyManager('aws_kms', KeyManager.awsKms({
    region: 'eu-west-1',
    credentials: secret('aws'),
    keyPolicy: FileRef.text('{"Version": "2012-10-17"}'),
    keyTags: { team: 'identity' },
    tagBasedKeyDiscovery: true,
    additionalData: { newer: 1 },
  }), {
    region: 'eu-west-1',
    ...identifier('aws-kms'),
    ...aws('AWS_KMS'),
    key_policy_file: serverText('aws-kms-key-policy.json'),
    key_tags: { team: 'identity' },
    enable_tag_based_key_discovery: true,
    newer: 1,
  }),
  keyManager('gcp_kms', KeyManager.gcpKms({
    keyRing: 'projects/p/locations/l/keyRings/r',
    keyIdentifier: KeyIdentifier.fixed('spire-prod'),
    keyPolicy: FileRef.configMap('policies', 'kms.json'),
    serviceAccountFile: FileRef.secret(secret('gcp'), 'key.json'),
  }), {
    key_ring: 'projects/p/locations/l/keyRings/r',
    key_identifier_value: 'spire-prod',
    key_policy_file: '/run/spire/server/files/config-maps/policies/kms.json',
    service_account_file: serverSecret('gcp', 'key.json'),
  }),
  keyManager('azure_key_vault', KeyManager.azureKeyVault({ keyVaultUri: 'https://spire.vault.azure.net/', clientSecret: client, subscriptionId: 'sub' }), {
    key_vault_uri: 'https://spire.vault.azure.net/', ...identifier('azure-key-vault'), subscription_id: 'sub', ...azure('AZURE_KEY_VAULT'),
  }),
  keyManager('hashicorp_vault', KeyManager.hashicorpVault({
    address: 'https://vault.example.org:8200',
    auth: VaultAuth.appRole(secret('vault'), 'spire-role'),
    transitEnginePath: 'spire',
    vaultNamespace: 'team',
    certificateAuthority: pem,
  }), {
    vault_addr: 'https://vault.example.org:8200',
    namespace: 'team',
    ca_cert_path: serverText('key-manager-vault-ca.crt'),
    ...identifier('hashicorp-vault'),
    transit_engine_path: 'spire',
    approle_auth: {
      approle_auth_mount_point: 'spire-role',
      approle_id: variable('SPIRE_KEY_MANAGER_VAULT_APPROLE_ID'),
      approle_secret_id: variable('SPIRE_KEY_MANAGER_VAULT_APPROLE_SECRET_ID'),
    },
  }),
  {
    ...keyManager('aws_kms', KeyManager.awsKms({ region: 'eu-west-1', keyIdentifier: KeyIdentifier.fixed('spire/prod') }), {
      region: 'eu-west-1', key_identifier_value: 'spire/prod',
    }),
    name: 'KeyManager aws_kms with a fixed identifier',
  },
  {
    ...keyManager('azure_key_vault', KeyManager.azureKeyVault({ keyVaultUri: 'https://spire.vault.azure.net/', keyIdentifier: KeyIdentifier.fixed('spire') }), {
      key_vault_uri: 'https://spire.vault.azure.net/', key_identifier_value: 'spire',
    }),
    name: 'KeyManager azure_key_vault with a fixed identifier',
  },
  {
    ...keyManager('hashicorp_vault', KeyManager.hashicorpVault({
      address: 'https://vault.example.org', auth: VaultAuth.token(secret('vault')), keyIdentifier: KeyIdentifier.fixed('spire'),
    }), { vault_addr: 'https://vault.example.org', key_identifier_value: 'spire', token_auth: { token: variable('SPIRE_KEY_MANAGER_VAULT_TOKEN') } }),
    name: 'KeyManager hashicorp_vault with a fixed identifier',
  },
  {
    ...keyManager('gcp_kms', KeyManager.gcpKms({ keyRing: 'projects/p/locations/l/keyRings/r' }), {
      key_ring: 'projects/p/locations/l/keyRings/r', ...identifier('gcp-kms'),
    }),
    name: 'KeyManager gcp_kms with an identifier for each replica',
  },
  {
    ...keyManager('hashicorp_vault', KeyManager.hashicorpVault({
      address: 'https://vault.example.org', auth: VaultAuth.kubernetes({ role: 'spire', mountPoint: 'k8s' }), insecureSkipVerify: true,
    }), {
      vault_addr: 'https://vault.example.org',
      insecure_skip_verify: true,
      ...identifier('hashicorp-vault'),
      k8s_auth: { k8s_auth_mount_point: 'k8s', k8s_auth_role_name: 'spire', token_path: '/run/spire/server/files/tokens/key-manager-vault/token' },
    }),
    name: 'KeyManager hashicorp_vault with a service account',
  },
  {
    ...keyManager('hashicorp_vault', KeyManager.hashicorpVault({
      address: 'https://vault.example.org', auth: VaultAuth.certificate({ certificate: pem, privateKey: key, role: 'spire', mountPoint: 'tls' }),
    }), {
      vault_addr: 'https://vault.example.org',
      ...identifier('hashicorp-vault'),
      cert_auth: {
        cert_auth_mount_point: 'tls',
        cert_auth_role_name: 'spire',
        client_cert_path: serverText('key-manager-vault-client.crt'),
        client_key_path: serverSecret('upstream', 'tls.key'),
      },
    }),
    name: 'KeyManager hashicorp_vault with a certificate',
  },
];

const vaultUpstream = (name: string, auth: VaultAuth, data: object): Case => ({
  ...upstream('vault', UpstreamAuthority.vault({ address: 'https://vault.example.org', auth, pkiMountPoint: 'pki-spire', insecureSkipVerify: true }), {
    vault_addr: 'https://vault.example.org', pki_mount_point: 'pki-spire', insecure_skip_verify: true, ...data,
  }),
  name: `UpstreamAuthority vault with ${name}`,
});

const UPSTREAM_AUTHORITIES: Case[] = [
  upstream('disk', UpstreamAuthority.disk({ certificate: pem, privateKey: key, bundle: pem }), {
    cert_file_path: serverText('upstream-ca.crt'), key_file_path: serverSecret('upstream', 'tls.key'), bundle_file_path: serverText('upstream-bundle.crt'),
  }),
  vaultUpstream('a service account', VaultAuth.kubernetes({ role: 'spire', mountPoint: 'k8s', audience: 'vault.example.org', tokenTtl: Duration.minutes(20) }), {
    k8s_auth: { k8s_auth_mount_point: 'k8s', k8s_auth_role_name: 'spire', token_path: '/run/spire/server/files/tokens/upstream-vault/token' },
  }),
  vaultUpstream('a certificate', VaultAuth.certificate({ certificate: pem, privateKey: key, role: 'spire', mountPoint: 'tls' }), {
    cert_auth: {
      cert_auth_mount_point: 'tls',
      cert_auth_role_name: 'spire',
      client_cert_path: serverText('upstream-vault-client.crt'),
      client_key_path: serverSecret('upstream', 'tls.key'),
    },
  }),
  vaultUpstream('a token', VaultAuth.token(secret('vault')), { token_auth: { token: variable('SPIRE_UPSTREAM_VAULT_TOKEN') } }),
  {
    ...upstream('vault', UpstreamAuthority.vault({
      address: 'https://vault.example.org', auth: VaultAuth.appRole(secret('vault'), 'spire-role'), vaultNamespace: 'team', certificateAuthority: FileRef.configMap('vault', 'ca.crt'),
    }), {
      vault_addr: 'https://vault.example.org',
      namespace: 'team',
      ca_cert_path: '/run/spire/server/files/config-maps/vault/ca.crt',
      approle_auth: { approle_auth_mount_point: 'spire-role', approle_id: variable('SPIRE_UPSTREAM_VAULT_APPROLE_ID'), approle_secret_id: variable('SPIRE_UPSTREAM_VAULT_APPROLE_SECRET_ID') },
    }),
    name: 'UpstreamAuthority vault with an AppRole',
  },
  upstream('spire', UpstreamAuthority.spire({ serverAddress: 'root.example.org', serverPort: 443, csiDriver: 'upstream.csi.spiffe.io', requirePqKem: true }), {
    server_address: 'root.example.org', server_port: '443', workload_api_socket: '/run/spire/upstream/spire-agent.sock', experimental: { require_pq_kem: true },
  }),
  upstream('cert-manager', UpstreamAuthority.certManager({
    issuerName: 'spire', namespace: 'cert-manager', issuerKind: 'ClusterIssuer', issuerGroup: 'cert-manager.io', kubeConfig: FileRef.secret(secret('kube'), 'config'),
  }), {
    issuer_name: 'spire', namespace: 'cert-manager', issuer_kind: 'ClusterIssuer', issuer_group: 'cert-manager.io', kube_config_file: serverSecret('kube', 'config'),
  }),
  upstream('aws_pca', UpstreamAuthority.awsPca({
    region: 'eu-west-1',
    certificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/x',
    caSigningTemplateArn: 'arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1',
    signingAlgorithm: 'SHA256WITHRSA',
    assumeRoleArn: 'arn:aws:iam::123456789012:role/pca',
    endpoint: 'https://pca.example.org',
    supplementalBundle: pem,
  }), {
    region: 'eu-west-1',
    certificate_authority_arn: 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/x',
    ca_signing_template_arn: 'arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1',
    signing_algorithm: 'SHA256WITHRSA',
    assume_role_arn: 'arn:aws:iam::123456789012:role/pca',
    endpoint: 'https://pca.example.org',
    supplemental_bundle_path: serverText('aws-pca-supplemental-bundle.crt'),
  }),
  upstream('awssecret', UpstreamAuthority.awsSecret({
    region: 'eu-west-1',
    certificateArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:cert',
    privateKeyArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:key',
    bundleArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:bundle',
    credentials: secret('aws'),
    sessionToken: secret('aws'),
    assumeRoleArn: 'arn:aws:iam::123456789012:role/ca',
  }), {
    region: 'eu-west-1',
    cert_file_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:cert',
    key_file_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:key',
    bundle_file_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:bundle',
    ...aws('AWSSECRET'),
    secret_token: variable('AWSSECRET_SECRET_TOKEN'),
    assume_role_arn: 'arn:aws:iam::123456789012:role/ca',
  }),
  upstream('gcp_cas', UpstreamAuthority.gcpCas({ project: 'p', region: 'r', caPool: 'pool', labelKey: 'k', labelValue: 'v' }), {
    root_cert_spec: { project_name: 'p', region_name: 'r', ca_pool: 'pool', label_key: 'k', label_value: 'v' },
  }),
  upstream('ejbca', UpstreamAuthority.ejbca({
    hostname: 'ejbca.example.org',
    caName: 'ca',
    clientCertificate: pem,
    clientKey: key,
    endEntityProfileName: 'entity',
    certificateProfileName: 'sub-ca',
    certificateAuthority: pem,
    endEntityName: 'cn',
    accountBindingId: 'id',
  }), {
    hostname: 'ejbca.example.org',
    ca_name: 'ca',
    client_cert_path: serverText('ejbca-client.crt'),
    client_cert_key_path: serverSecret('upstream', 'tls.key'),
    ca_cert_path: serverText('ejbca-ca.crt'),
    end_entity_profile_name: 'entity',
    certificate_profile_name: 'sub-ca',
    end_entity_name: 'cn',
    account_binding_id: 'id',
  }),
];

const PUBLISHERS: Case[] = [
  publisher('k8s_configmap', BundlePublisher.k8sConfigMap({
    clusterName: 'other',
    kubeConfig: FileRef.secret(secret('kube'), 'other'),
    namespace: 'spire',
    configMapName: 'trust',
    format: BundleFormat.JWKS,
    refreshHint: Duration.minutes(5),
    additionalData: { newer: 'x' },
  }), {
    clusters: {
      prod: { namespace: 'spire-system', configmap_name: 'spire-bundle', configmap_key: 'bundle.pem', format: 'pem' },
      other: {
        namespace: 'spire',
        configmap_name: 'trust',
        configmap_key: 'bundle.jwks',
        format: 'jwks',
        kubeconfig_path: serverSecret('kube', 'other'),
        refresh_hint: '5m',
        newer: 'x',
      },
    },
  }),
  publisher('aws_s3', BundlePublisher.awsS3({
    region: 'eu-west-1',
    bucket: 'b',
    objectKey: 'bundle',
    format: BundleFormat.SPIFFE,
    endpoint: 'https://s3.example.org',
    credentials: secret('aws'),
    refreshHint: Duration.minutes(10),
  }), { region: 'eu-west-1', bucket: 'b', object_key: 'bundle', format: 'spiffe', endpoint: 'https://s3.example.org', refresh_hint: '10m', ...aws('AWS_S3') }),
  publisher('aws_rolesanywhere_trustanchor', BundlePublisher.awsRolesAnywhere({ region: 'eu-west-1', trustAnchorId: 'id', credentials: secret('aws') }), {
    region: 'eu-west-1', trust_anchor_id: 'id', ...aws('AWS_ROLES_ANYWHERE'),
  }),
  publisher('gcp_cloudstorage', BundlePublisher.gcpCloudStorage({
    bucketName: 'b', objectName: 'o', format: BundleFormat.PEM, serviceAccountFile: FileRef.secret(secret('gcp'), 'key.json'), refreshHint: Duration.hours(1),
  }), { bucket_name: 'b', object_name: 'o', format: 'pem', service_account_file: serverSecret('gcp', 'key.json'), refresh_hint: '1h' }),
  publisher('azure_blob', BundlePublisher.azureBlob({
    storageAccountName: 'a',
    containerName: 'c',
    blobName: 'b',
    format: BundleFormat.JWKS,
    serviceEndpoint: 'https://blob.example.org',
    clientSecret: client,
    refreshHint: Duration.hours(2),
  }), {
    storage_account_name: 'a', container_name: 'c', blob_name: 'b', format: 'jwks', service_endpoint: 'https://blob.example.org', refresh_hint: '2h', ...azure('AZURE_BLOB'),
  }),
  {
    ...publisher('azure_blob', BundlePublisher.azureBlob({
      storageAccountName: 'a', containerName: 'c', blobName: 'b', format: BundleFormat.PEM, storageAccountKey: secret('azure'),
    }), {
      storage_account_name: 'a', container_name: 'c', blob_name: 'b', format: 'pem', storage_account_key: variable('AZURE_BLOB_STORAGE_ACCOUNT_KEY'),
    }),
    name: 'BundlePublisher azure_blob with an account key',
  },
];

const OTHERS: Case[] = [
  { name: 'CredentialComposer', props: { server: { credentialComposers: [CredentialComposer.uniqueId()] } }, server: { 'CredentialComposer uniqueid': {} } },
];

/**
 * Plugins whose programs are not there: SPIRE cannot try them.
 */
export const EXTERNAL_PLUGINS: Case[] = [
  {
    name: 'external plugin',
    props: {
      server: {
        credentialComposers: [CredentialComposer.custom({
          name: 'cel',
          program: PluginProgram.of({
            path: '/run/spire/plugins/cel',
            args: ['-v', '$x'],
            checksum: 'a'.repeat(64),
            environment: { MODE: 'x' },
            secretEnvironment: secret('cel'),
            image: 'registry.example.org/cel:1',
            imageCommand: ['cp', '/cel', '/run/spire/plugins/cel'],
          }),
          data: { expression: 'a == "b"', nested: { list: ['x'] } },
        })],
      },
    },
    server: { 'CredentialComposer cel': { expression: 'a == "b"', nested: { list: ['x'] } } },
  },
];

export const SERVER_PLUGINS: Case[] = [...DATA_STORES, ...KEY_MANAGERS, ...UPSTREAM_AUTHORITIES, ...PUBLISHERS, ...OTHERS];

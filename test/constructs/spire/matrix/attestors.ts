import { Duration } from 'cdk8s';
import { agentSecret, Case, CERTIFICATE, serverSecret, serverText, variable } from './cases';
import { AgentKeyManager, FileRef, NodeAttestor, SecretRef } from '../../../../src';

const secret = SecretRef.of;
const pem = FileRef.text(CERTIFICATE);
const parentIdTemplate = 'spiffe://{{ .TrustDomain }}/spire/agent/own/{{ .NodeMeta.Name }}';

const attestor = (name: string, plugin: string, nodeAttestor: NodeAttestor, server: object, agent: object): Case => ({
  name: `NodeAttestor ${name}`,
  props: { parentIdTemplate, agent: { nodeAttestor, keyManager: AgentKeyManager.disk() } },
  server: { [`NodeAttestor ${plugin}`]: server },
  agent: { [`NodeAttestor ${plugin}`]: agent, 'KeyManager disk': { directory: '/run/spire/agent/data' } },
});

export const ATTESTORS: Case[] = [
  attestor('k8s_psat', 'k8s_psat', NodeAttestor.k8sPsat({
    audience: 'spire',
    allowedNodeLabelKeys: ['topology.kubernetes.io/zone'],
    allowedPodLabelKeys: ['app'],
    usePodUidForAgentId: true,
    additionalData: { newer: 1 },
    remoteClusters: [
      { clusterName: 'edge-1', kubeConfig: FileRef.secret(secret('kube'), 'edge-1'), serviceAccounts: ['spire-system:spire-agent', 'spire:agent'] },
      { clusterName: 'edge-2', kubeConfig: FileRef.secret(secret('kube'), 'edge-2'), serviceAccounts: ['spire:agent'], audience: 'edge' },
    ],
  }), {
    clusters: {
      'prod': {
        service_account_allow_list: ['spire-system:spire-agent'],
        audience: ['spire'],
        allowed_node_label_keys: ['topology.kubernetes.io/zone'],
        allowed_pod_label_keys: ['app'],
        use_pod_uid_for_agent_id: true,
        newer: 1,
      },
      'edge-1': { service_account_allow_list: ['spire-system:spire-agent', 'spire:agent'], audience: ['spire-server'], kube_config_file: serverSecret('kube', 'edge-1') },
      'edge-2': { service_account_allow_list: ['spire:agent'], audience: ['edge'], kube_config_file: serverSecret('kube', 'edge-2') },
    },
  }, { cluster: 'prod', token_path: '/run/spire/agent/token/spire-agent' }),
  {
    name: 'NodeAttestor join_token',
    props: { parentIdTemplate, agent: { nodeAttestor: NodeAttestor.joinToken(), keyManager: AgentKeyManager.disk('/var/lib/spire'), joinToken: secret('join') } },
    server: { 'NodeAttestor join_token': {} },
    agent: { 'NodeAttestor join_token': {}, 'agent': { join_token_file: agentSecret('join', 'join_token') } },
  },
  attestor('x509pop', 'x509pop', NodeAttestor.x509pop({
    certificateAuthorities: [pem, FileRef.configMap('cas', 'b.crt')],
    agentPathTemplate: '/x509pop/{{ .Subject.CommonName }}',
    maxIntermediates: 2,
    maxRsaKeySize: 4096,
    verifyClientIp: true,
    certificate: FileRef.secret(secret('node'), 'tls.crt'),
    privateKey: FileRef.host('/etc/pki/node.key'),
    intermediates: pem,
  }), {
    mode: 'external_pki',
    ca_bundle_paths: [serverText('x509pop-ca-0.crt'), '/run/spire/server/files/config-maps/cas/b.crt'],
    agent_path_template: '/x509pop/{{ .Subject.CommonName }}',
    max_intermediates: 2,
    max_rsa_key_size: 4096,
    verify_client_ip: true,
  }, {
    certificate_path: agentSecret('node', 'tls.crt'), private_key_path: '/etc/pki/node.key', intermediates_path: '/run/spire/agent/config/x509pop-intermediates.crt',
  }),
  attestor('x509pop with one authority', 'x509pop', NodeAttestor.x509pop({ certificateAuthorities: [pem], certificate: pem, privateKey: FileRef.host('/etc/pki/node.key') }),
    { mode: 'external_pki', ca_bundle_path: serverText('x509pop-ca-0.crt') }, { private_key_path: '/etc/pki/node.key' }),
  attestor('x509pop with SVIDs', 'x509pop', NodeAttestor.x509popSpiffe({ spiffePrefix: '/exchange', spiffeEndpointSocket: '/run/upstream/api.sock' }),
    { mode: 'spiffe', spiffe_prefix: '/exchange' }, { spiffe_endpoint_socket: 'unix:///run/upstream/api.sock' }),
  attestor('aws_iid', 'aws_iid', NodeAttestor.awsIid({
    credentials: secret('aws'),
    assumeRole: 'spire',
    partition: 'aws-cn',
    skipBlockDevice: true,
    disableInstanceProfileSelectors: true,
    accountIdsForLocalValidation: ['123456789012'],
    agentPathTemplate: '/aws/{{ .InstanceID }}',
    eksClusterNames: ['prod'],
    organization: { managementAccountId: '123456789012', assumeOrgRole: 'list', managementAccountRegion: 'eu-west-1', accountMapTtl: Duration.minutes(5) },
    ec2MetadataEndpoint: 'http://169.254.169.254',
  }), {
    access_key_id: variable('AWS_IID_ACCESS_KEY_ID'),
    secret_access_key: variable('AWS_IID_SECRET_ACCESS_KEY'),
    assume_role: 'spire',
    partition: 'aws-cn',
    skip_block_device: true,
    disable_instance_profile_selectors: true,
    account_ids_for_local_validation: ['123456789012'],
    agent_path_template: '/aws/{{ .InstanceID }}',
    validate_eks_cluster_membership: { eks_cluster_names: ['prod'] },
    verify_organization: { management_account_id: '123456789012', assume_org_role: 'list', management_account_region: 'eu-west-1', org_account_map_ttl: '5m' },
  }, { ec2_metadata_endpoint: 'http://169.254.169.254' }),
  attestor('aws_iid with a list of accounts', 'aws_iid', NodeAttestor.awsIid({ organization: { accountList: FileRef.text('["123456789012"]') } }),
    { verify_organization: { account_list_file: serverText('aws-accounts.json') } }, {}),
  attestor('gcp_iit', 'gcp_iit', NodeAttestor.gcpIit({
    projectIdAllowList: ['p'],
    useInstanceMetadata: true,
    allowedLabelKeys: ['l'],
    allowedMetadataKeys: ['m'],
    maxMetadataValueSize: 64,
    serviceAccountFile: FileRef.secret(secret('gcp'), 'key.json'),
    agentPathTemplate: '/gcp/{{ .InstanceID }}',
    identityTokenHost: 'metadata.example.org',
    serviceAccount: 'sa',
  }), {
    projectid_allow_list: ['p'],
    use_instance_metadata: true,
    allowed_label_keys: ['l'],
    allowed_metadata_keys: ['m'],
    max_metadata_value_size: 64,
    service_account_file: serverSecret('gcp', 'key.json'),
    agent_path_template: '/gcp/{{ .InstanceID }}',
  }, { identity_token_host: 'metadata.example.org', service_account: 'sa' }),
  attestor('azure_imds', 'azure_imds', NodeAttestor.azureImds({
    tenants: [
      { domain: 'a.onmicrosoft.com', appId: 'app', appSecret: secret('azure'), restrictToSubscriptions: ['s'], allowedVmTags: ['t'] },
      { domain: 'b.onmicrosoft.com', appId: 'app', token: FileRef.path('/run/token') },
      { domain: 'c.onmicrosoft.com' },
    ],
    agentPathTemplate: '/azure/{{ .VMID }}',
    allowedMetadataDomains: ['metadata.azure.us'],
  }), {
    tenants: {
      'a.onmicrosoft.com': { secret_auth: { app_id: 'app', app_secret: variable('AZURE_IMDS_0_APP_SECRET') }, restrict_to_subscriptions: ['s'], allowed_vm_tags: ['t'] },
      'b.onmicrosoft.com': { token_auth: { app_id: 'app', token_path: '/run/token' } },
      'c.onmicrosoft.com': {},
    },
    agent_path_template: '/azure/{{ .VMID }}',
    allowed_metadata_domains: ['metadata.azure.us'],
  }, { tenant_domain: 'a.onmicrosoft.com' }),
  attestor('azure_msi', 'azure_msi', NodeAttestor.azureMsi({
    tenants: [{ tenantId: 't1', resourceId: 'https://example.org/', subscriptionId: 's', appId: 'a', appSecret: secret('azure') }],
    agentPathTemplate: '/msi/{{ .PrincipalID }}',
  }), {
    tenants: { t1: { resource_id: 'https://example.org/', subscription_id: 's', app_id: 'a', app_secret: variable('AZURE_MSI_0_APP_SECRET') } },
    agent_path_template: '/msi/{{ .PrincipalID }}',
  }, { resource_id: 'https://example.org/' }),
  attestor('http_challenge', 'http_challenge', NodeAttestor.httpChallenge({
    allowedDnsPatterns: ['^node-\\d+\\.example\\.org$'],
    requiredPort: 80,
    allowNonRootPorts: false,
    tofu: false,
    hostname: 'node-1.example.org',
    agentName: 'a',
    port: 8099,
    advertisedPort: 80,
  }), { allowed_dns_patterns: ['^node-\\d+\\.example\\.org$'], required_port: 80, allow_non_root_ports: false, tofu: false },
  { hostname: 'node-1.example.org', agentname: 'a', port: 8099, advertised_port: 80 }),
  attestor('sshpop', 'sshpop', NodeAttestor.sshpop({
    certAuthorities: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8C9vKZ0yRJkqNhXlQ0d3Zr0rQ1aYFQmYdVbW8vQx1k'],
    certAuthoritiesFile: FileRef.configMap('ssh', 'cas'),
    canonicalDomain: 'example.org',
    agentPathTemplate: '/ssh/{{ .Fingerprint }}',
  }), {
    cert_authorities: [expect.stringContaining('ssh-ed25519')],
    cert_authorities_path: '/run/spire/server/files/config-maps/ssh/cas',
    canonical_domain: 'example.org',
    agent_path_template: '/ssh/{{ .Fingerprint }}',
  }, { host_key_path: '/etc/ssh/ssh_host_rsa_key', host_cert_path: '/etc/ssh/ssh_host_rsa_key-cert.pub' }),
  attestor('tpm_devid', 'tpm_devid', NodeAttestor.tpmDevid({
    devIdCa: pem,
    endorsementCa: pem,
    node: { certificate: FileRef.host('/etc/tpm/devid.crt'), privateKey: FileRef.host('/etc/tpm/devid.priv'), publicKey: FileRef.host('/etc/tpm/devid.pub'), passwords: secret('tpm') },
  }), { devid_ca_path: serverText('tpm-devid-ca.crt'), endorsement_ca_path: serverText('tpm-endorsement-ca.crt') }, {
    tpm_device_path: '/dev/tpmrm0',
    devid_cert_path: '/etc/tpm/devid.crt',
    devid_priv_path: '/etc/tpm/devid.priv',
    devid_pub_path: '/etc/tpm/devid.pub',
    devid_password: variable('TPM_DEVID_PASSWORD'),
    owner_hierarchy_password: variable('TPM_OWNER_HIERARCHY_PASSWORD'),
    endorsement_hierarchy_password: variable('TPM_ENDORSEMENT_HIERARCHY_PASSWORD'),
  }),
  {
    name: 'agents elsewhere, by two ways at once',
    props: { server: { nodeAttestors: [NodeAttestor.joinToken(), NodeAttestor.gcpIit({ projectIdAllowList: ['p'] })] } },
    server: {
      'NodeAttestor k8s_psat': { clusters: { prod: { service_account_allow_list: ['spire-system:spire-agent'], audience: ['spire-server'] } } },
      'NodeAttestor join_token': {},
      'NodeAttestor gcp_iit': { projectid_allow_list: ['p'] },
    },
  },
];


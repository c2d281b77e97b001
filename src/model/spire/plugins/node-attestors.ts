import { compilesInGo } from '../../../formats/go-regexp';
import { AGENT_PATH_FUNCTIONS, templateError } from '../../../formats/go-template';
import { BOOL, Block, INT, STRING, STRINGS, block, mapOf, strings } from '../../../formats/hcl/reader';
import { isAuthorizedKey } from '../../../formats/ssh-public-key';
import { parseDuration } from '../values';
import { checkTenantId } from './azure';
import { PluginKind, Report, required } from './plugin-kind';

function checkPathTemplate(config: Block, report: Report): void {
  const error = templateError(config.text('agent_path_template'), AGENT_PATH_FUNCTIONS);
  if (error !== undefined) report(`agent_path_template does not parse: ${error}`, 'agent_path_template');
}

function checkOrganization(org: Block, report: Report): void {
  const account = org.text('management_account_id') !== '' || org.text('assume_org_role') !== '';
  if (org.text('account_list_file') !== '') {
    if (account) report('verify_organization has account_list_file and an account', 'verify_organization');
  } else if (org.text('management_account_id') === '' || org.text('assume_org_role') === '') {
    report('verify_organization needs management_account_id and assume_org_role', 'verify_organization');
  }
  const text = org.text('org_account_map_ttl');
  const ttl = text === '' ? 60 : parseDuration(text);
  if (ttl === undefined || ttl < 60) report(`org_account_map_ttl "${text}" is no duration of 1m or more`, 'verify_organization');
}

function checkHttpChallenge(config: Block, report: Report): void {
  for (const pattern of config.texts('allowed_dns_patterns')) {
    if (!compilesInGo(pattern)) report(`allowed_dns_patterns "${pattern}" is no regular expression`, 'allowed_dns_patterns');
  }
  const port = config.int('required_port');
  const anyPort = port === undefined && config.bool('allow_non_root_ports') !== false;
  if (config.bool('tofu') === false && (anyPort || (port !== undefined && port >= 1024))) {
    report('tofu = false needs a port under 1024', 'tofu', 'set required_port below 1024 or allow_non_root_ports = false');
  }
}

export const SERVER_NODE_ATTESTORS: Record<string, PluginKind> = {
  k8s_psat: {
    shape: block({
      clusters: mapOf(block({
        service_account_allow_list: STRINGS,
        audience: STRINGS,
        kube_config_file: STRING,
        allowed_node_label_keys: STRINGS,
        allowed_pod_label_keys: STRINGS,
        use_pod_uid_for_agent_id: BOOL,
      })),
    }),
    check: (config, report, more) => {
      if (config.map('clusters').size === 0) more.note('no clusters are configured: agents cannot attest');
      for (const [name, cluster] of config.map('clusters')) {
        if (cluster.texts('service_account_allow_list').length === 0) report(`cluster "${name}" has no service_account_allow_list`, 'clusters');
      }
    },
  },
  join_token: {
    shape: block({}),
    check: (config, _report, more) => config.unused.forEach((_, key) => more.note(`unknown setting "${key}"`)),
  },
  x509pop: {
    shape: block({
      ...strings('mode', 'spiffe_prefix', 'ca_bundle_path', 'agent_path_template'),
      ca_bundle_paths: STRINGS,
      max_intermediates: INT,
      max_rsa_key_size: INT,
      verify_client_ip: BOOL,
    }),
    check: (config, report) => {
      const mode = config.text('mode') || 'external_pki';
      const paths = config.texts('ca_bundle_paths').length > 0;
      const path = config.text('ca_bundle_path') !== '';
      if (!['external_pki', 'spiffe'].includes(mode)) report(`mode "${mode}" is unknown`, 'mode', 'use external_pki or spiffe');
      if (mode === 'external_pki' && path && paths) report('ca_bundle_path and ca_bundle_paths exclude each other', 'ca_bundle_path');
      if (mode === 'external_pki' && !path && !paths) report('ca_bundle_path or ca_bundle_paths is required');
      if (mode === 'spiffe' && (path || paths)) report('ca_bundle_path is not for mode spiffe', 'ca_bundle_path');
      checkPathTemplate(config, report);
      for (const name of ['max_intermediates', 'max_rsa_key_size']) {
        if ((config.int(name) ?? 1) <= 0) report(`${name} must be greater than 0`, name);
      }
    },
  },
  aws_iid: {
    shape: block({
      skip_block_device: BOOL,
      disable_instance_profile_selectors: BOOL,
      account_ids_for_local_validation: STRINGS,
      ...strings('agent_path_template', 'assume_role', 'partition', 'access_key_id', 'secret_access_key'),
      verify_organization: block(strings('management_account_id', 'assume_org_role', 'management_account_region', 'org_account_map_ttl', 'account_list_file')),
      validate_eks_cluster_membership: block({ eks_cluster_names: STRINGS }),
    }),
    check: (config, report, more) => {
      const id = config.text('access_key_id') !== '' || more.environment?.has('AWS_ACCESS_KEY_ID') === true;
      const secret = config.text('secret_access_key') !== '' || more.environment?.has('AWS_SECRET_ACCESS_KEY') === true;
      if (id !== secret) report('access_key_id and secret_access_key belong together', 'access_key_id');
      checkPathTemplate(config, report);
      const partition = config.text('partition');
      if (partition !== '' && !['aws', 'aws-cn', 'aws-us-gov'].includes(partition)) report(`partition "${partition}" is unknown`, 'partition');
      const org = config.block('verify_organization');
      if (org) checkOrganization(org, report);
    },
  },
  azure_imds: {
    shape: block({
      tenants: mapOf(block({
        auth_type: STRING,
        secret_auth: block(strings('app_id', 'app_secret')),
        token_auth: block(strings('token_path', 'app_id')),
        allowed_vm_tags: STRINGS,
        restrict_to_subscriptions: STRINGS,
      })),
      agent_path_template: STRING,
      allowed_metadata_domains: STRINGS,
    }),
    check: (config, report) => {
      if (config.map('tenants').size === 0) report('tenants needs at least one tenant');
      for (const [domain, tenant] of config.map('tenants')) {
        const [secret, token] = [tenant.block('secret_auth'), tenant.block('token_auth')];
        if (secret && token) report(`tenant "${domain}" has secret_auth and token_auth`, 'tenants');
        else if (token && (token.text('token_path') === '' || token.text('app_id') === '')) report(`tenant "${domain}": token_auth needs token_path and app_id`, 'tenants');
        else if (secret && (secret.text('app_id') === '' || secret.text('app_secret') === '')) report(`tenant "${domain}": secret_auth needs app_id and app_secret`, 'tenants');
        if (tenant.texts('restrict_to_subscriptions').some(id => id.trim() === '')) report(`tenant "${domain}" has an empty subscription`, 'tenants');
      }
      checkPathTemplate(config, report);
    },
  },
  azure_msi: {
    shape: block({ tenants: mapOf(block(strings('resource_id', 'subscription_id', 'app_id', 'app_secret'))), agent_path_template: STRING }),
    check: (config, report) => {
      if (config.map('tenants').size === 0) report('tenants needs at least one tenant');
      for (const [id, tenant] of config.map('tenants')) {
        const names = ['subscription_id', 'app_id', 'app_secret'];
        const missing = names.filter(name => tenant.text(name) === '');
        if (missing.length > 0 && missing.length < names.length) report(`tenant "${id}" lacks ${missing.join(', ')}`, 'tenants');
        if (missing.length < names.length) checkTenantId(id, report, 'tenants');
      }
      checkPathTemplate(config, report);
    },
  },
  gcp_iit: {
    shape: block({
      projectid_allow_list: STRINGS,
      agent_path_template: STRING,
      use_instance_metadata: BOOL,
      allowed_label_keys: STRINGS,
      allowed_metadata_keys: STRINGS,
      max_metadata_value_size: INT,
      service_account_file: STRING,
    }),
    check: (config, report) => {
      if (config.texts('projectid_allow_list').length === 0) report('projectid_allow_list is required');
      checkPathTemplate(config, report);
    },
  },
  http_challenge: {
    shape: block({ allowed_dns_patterns: STRINGS, required_port: INT, allow_non_root_ports: BOOL, tofu: BOOL }),
    check: checkHttpChallenge,
  },
  sshpop: {
    shape: block({ cert_authorities: STRINGS, ...strings('cert_authorities_path', 'canonical_domain', 'agent_path_template') }),
    check: (config, report) => {
      if (config.texts('cert_authorities').length === 0 && config.text('cert_authorities_path') === '') {
        report('cert_authorities or cert_authorities_path is required');
      }
      for (const key of config.texts('cert_authorities')) {
        if (!isAuthorizedKey(key)) report(`cert_authorities "${key}" is no public key of SSH`, 'cert_authorities', 'write a line of an authorized_keys file: ssh-ed25519 AAAA…');
      }
      checkPathTemplate(config, report);
    },
  },
  tpm_devid: { shape: block(strings('devid_ca_path', 'endorsement_ca_path')), check: required('devid_ca_path', 'endorsement_ca_path') },
};

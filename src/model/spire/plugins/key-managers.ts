import { checkTenantId } from './azure';
import { PluginKind, Report, checkRegion, required } from './plugin-kind';
import { VAULT, checkVaultAuth } from './vault';
import { goUrlFault } from '../../../formats/go-url';
import { BOOL, Block, STRING, block, mapOf, strings } from '../../../formats/hcl/reader';

const IDENTIFIER = strings('key_identifier_file', 'key_identifier_value');

function checkIdentifier(config: Block, report: Report): void {
  const given = [config.text('key_identifier_file'), config.text('key_identifier_value')].filter(value => value !== '').length;
  if (given === 0) report('key_identifier_file or key_identifier_value is required');
  if (given === 2) report('key_identifier_file and key_identifier_value exclude each other', 'key_identifier_file');
}

function checkTags(config: Block, report: Report): void {
  const tags = config.value('key_tags') as Map<string, string> | undefined ?? new Map<string, string>();
  if (tags.size > 50) report('more than 50 key_tags', 'key_tags');
  for (const [key, value] of tags) {
    const lower = key.toLowerCase();
    if (lower.startsWith('aws:') || lower.startsWith('spire-')) report(`tag key "${key}" uses a reserved prefix`, 'key_tags');
    else if (key.length > 128 || !/^[\p{L}\p{N}\s+\-=._:/@]+$/u.test(key)) report(`tag key "${key}" is not valid`, 'key_tags');
    if (value.length > 256 || !/^[\p{L}\p{N}\s+\-=._:/@]*$/u.test(value)) report(`the value of tag "${key}" is not valid`, 'key_tags');
  }
}

// Cloud KMS allows 63 characters for "spire-key-<identifier>-JWT-Signer-A".
const GCP_IDENTIFIER_LENGTH = 63 - 'spire-key'.length - '--'.length - 'JWT-Signer-A'.length;

export const SERVER_KEY_MANAGERS: Record<string, PluginKind> = {
  memory: {},
  disk: {
    shape: block(strings('keys_path')),
    check: (config, report, more) => {
      required('keys_path')(config, report, more);
      const path = config.text('keys_path');
      if (/(^|\/)\.{0,2}$/.test(path) && path !== '') report(`keys_path "${path}" is a folder`, 'keys_path', 'give the path of a file: keys.json');
    },
  },
  aws_kms: {
    shape: block({
      ...IDENTIFIER,
      ...strings('access_key_id', 'secret_access_key', 'region', 'key_policy_file'),
      key_tags: mapOf(STRING),
      enable_tag_based_key_discovery: BOOL,
    }),
    check: (config, report, more) => {
      required('region')(config, report, more);
      checkRegion(config, report);
      const value = config.text('key_identifier_value');
      // Go's [A-z] takes the six signs between Z and a as well.
      if (/[^A-z0-9/_-]/.test(value)) report('key_identifier_value has characters other than letters, digits, /, _ and -', 'key_identifier_value');
      if (value.startsWith('alias/aws/')) report('key_identifier_value must not start with alias/aws/', 'key_identifier_value');
      if (value.length > 256) report('key_identifier_value is longer than 256 characters', 'key_identifier_value');
      checkIdentifier(config, report);
      checkTags(config, report);
    },
  },
  azure_key_vault: {
    shape: block({ ...IDENTIFIER, ...strings('key_vault_uri', 'tenant_id', 'subscription_id', 'app_id', 'app_secret') }),
    check: (config, report, more) => {
      required('key_vault_uri')(config, report, more);
      const uri = config.text('key_vault_uri');
      const fault = uri === '' ? undefined : goUrlFault(uri) ?? (/^https:\/\/[^/?#]/i.test(uri) ? undefined : 'is no https:// URL');
      if (fault) report(`key_vault_uri "${uri}" ${fault}`, 'key_vault_uri', 'write https://<vault>.vault.azure.net');
      if (config.text('key_identifier_value').length > 256) report('key_identifier_value is longer than 256 characters', 'key_identifier_value');
      checkIdentifier(config, report);
      const credentials = ['tenant_id', 'subscription_id', 'app_id', 'app_secret'];
      if (credentials.some(name => config.text(name) !== '')) required(...credentials)(config, report, more);
      checkTenantId(config.text('tenant_id'), report, 'tenant_id');
    },
  },
  gcp_kms: {
    shape: block({ ...IDENTIFIER, ...strings('key_policy_file', 'key_ring', 'service_account_file') }),
    check: (config, report, more) => {
      required('key_ring')(config, report, more);
      checkIdentifier(config, report);
      const value = config.text('key_identifier_value');
      if (!/^[\p{Ll}\p{N}_-]*$/u.test(value)) report('key_identifier_value has characters other than lower case letters, digits, _ and -', 'key_identifier_value');
      if (value.length > GCP_IDENTIFIER_LENGTH) report(`key_identifier_value is longer than ${GCP_IDENTIFIER_LENGTH} characters`, 'key_identifier_value');
    },
  },
  hashicorp_vault: {
    shape: block({ ...VAULT, ...IDENTIFIER, ...strings('transit_engine_path') }),
    check: (config, report, more) => {
      checkIdentifier(config, report);
      checkVaultAuth(config, report, more);
    },
  },
};

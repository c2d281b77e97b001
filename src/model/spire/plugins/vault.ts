import { More, Report, isNowhere } from './plugin-kind';
import { goUrlFault } from '../../../formats/go-url';
import { BOOL, Block, Shape, block, strings } from '../../../formats/hcl/reader';

/** The keys that the two Vault plugins share. */
export const VAULT: Record<string, Shape> = {
  ...strings('vault_addr', 'ca_cert_path', 'namespace'),
  insecure_skip_verify: BOOL,
  token_auth: block(strings('token')),
  cert_auth: block(strings('cert_auth_mount_point', 'cert_auth_role_name', 'client_cert_path', 'client_key_path')),
  approle_auth: block(strings('approle_auth_mount_point', 'approle_id', 'approle_secret_id')),
  k8s_auth: block(strings('k8s_auth_mount_point', 'k8s_auth_role_name', 'token_path')),
};

export const VAULT_METHODS = ['token_auth', 'cert_auth', 'approle_auth', 'k8s_auth'];

/** What the plugin does not start without, and the variable that wins over it. */
const CREDENTIALS: Readonly<Record<string, readonly [key: string, variable: string][]>> = {
  token_auth: [['token', 'VAULT_TOKEN']],
  cert_auth: [['client_cert_path', 'VAULT_CLIENT_CERT'], ['client_key_path', 'VAULT_CLIENT_KEY']],
};

export function checkVaultAuth(config: Block, report: Report, more: More): void {
  const given = VAULT_METHODS.filter(name => config.has(name));
  if (given.length === 0) report(`none of ${VAULT_METHODS.join(', ')} is configured`, undefined, 'configure exactly one');
  if (given.length > 1) report(`${given.join(' and ')} are configured`, given[1], 'configure exactly one');
  const k8s = given.length === 1 ? config.block('k8s_auth') : undefined;
  if (k8s && k8s.text('k8s_auth_role_name') === '') report('k8s_auth_role_name is required', 'k8s_auth');
  if (k8s && k8s.text('token_path') === '') report('token_path is required', 'k8s_auth');
  const address = config.text('vault_addr');
  const isElsewhere = ['VAULT_ADDR', 'VAULT_AGENT_ADDR'].some(name => more.environment?.has(name));
  const fault = isElsewhere || address === '' ? undefined : goUrlFault(address) ?? addressFault(address);
  if (!isElsewhere && isNowhere(config, 'vault_addr', 'VAULT_ADDR', more)) report('there is no vault_addr, and the container has no VAULT_ADDR');
  if (fault) report(`vault_addr "${address}" ${fault}`, 'vault_addr', 'write https://vault.example.org:8200');
  const method = given.length === 1 ? config.block(given[0]) : undefined;
  for (const [key, variable] of CREDENTIALS[given[0]] ?? []) {
    if (method && isNowhere(method, key, variable, more)) report(`${given[0]} has no ${key}, and the container no ${variable}`, given[0]);
  }
}

function addressFault(address: string): string | undefined {
  if (/^https?:(?!\/\/[^/?#])/i.test(address)) return 'has no host';
  return /^(https?|unix):/i.test(address) ? undefined : 'does not start with https://';
}

import { serverRefuses } from '../configs';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEAWPAsKJ/qMYUIBeH7BLMRCE/bkUvMHX+7OZhANk45S';
const sshpop = (key: string): string => `NodeAttestor "sshpop" { plugin_data { cert_authorities = [${JSON.stringify(key)}] } }`;
const blob = (settings: string): string => `BundlePublisher "azure_blob" { plugin_data { container_name = "c" blob_name = "b" format = "pem" ${settings} } }`;
const s3 = (endpoint: string): string => `BundlePublisher "aws_s3" { plugin_data { region = "r" bucket = "b" object_key = "k" format = "spiffe" endpoint = "${endpoint}" } }`;
const vault = (method: string): string => `UpstreamAuthority "vault" { plugin_data { vault_addr = "https://vault" ${method} } }`;
const at = (address: string): string => `UpstreamAuthority "vault" { plugin_data { vault_addr = "${address}" token_auth { token = "t" } } }`;
const keyVault = (uri: string): string => `KeyManager "azure_key_vault" { plugin_data { key_vault_uri = "${uri}" key_identifier_value = "a" } }`;
const program = (settings: string): string => `NodeAttestor "ours" { plugin_cmd = "/plugins/ours" ${settings} }`;
const sqlite = (settings: string): string => `DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/run/db" ${settings} } }`;

test.each([
  sshpop(KEY), sshpop(`# ours\ncert-authority,principals="a b" ${KEY} comment`), blob('storage_account_name = "a" storage_account_key = "QUJD"'), blob('storage_account_name = "a" storage_account_key = "QUJD\\n"'), s3('https://s3.example.org:9000'), s3('/path'),
  vault('token_auth {}'), sqlite('max_open_conns = 2'), at('unix:///run/vault.sock'), at('HTTP://vault:8200'), keyVault('https://v.vault.azure.net/'),
  'KeyManager "disk" { plugin_data { keys_path = "/data/.keys" } }', program(`plugin_checksum = "${'aB'.repeat(32)}"`), program('plugin_checksum = "zz" enabled = false'),
  'UpstreamAuthority "disk" { plugin_checksum = "zz" plugin_data { cert_file_path = "/a" key_file_path = "/b" } }', 'NodeAttestor "azure_msi" { plugin_data { tenants = { "11-aa.b" = { subscription_id = "s" app_id = "a" app_secret = "x" } } } }',
])('a server takes %s', plugins => {
  expect(serverRefuses({ plugins })).toEqual([]);
});

test.each([
  [sshpop('AAAA'), 'NodeAttestor "sshpop": cert_authorities "AAAA" is no public key of SSH'],
  [sshpop('ssh-ed25519 AAAAB3NzaC1'), 'NodeAttestor "sshpop": cert_authorities "ssh-ed25519 AAAAB3NzaC1" is no public key of SSH'],
  [blob('storage_account_name = "a" storage_account_key = "no base64"'), 'BundlePublisher "azure_blob": storage_account_key is no base64'],
  [blob('storage_account_name = "a b"'), 'BundlePublisher "azure_blob": storage_account_name and service_endpoint make the address a b.blob.core.windows.net, which has a character in its host that may not be there'],
  [blob('storage_account_name = "a" tenant_id = "a/b" app_id = "i" app_secret = "s"'), 'BundlePublisher "azure_blob": tenant "a/b" has characters other than letters, digits, dots and dashes'],
  [s3('s3.example.org'), 'BundlePublisher "aws_s3": endpoint "s3.example.org" has no scheme'],
  ['UpstreamAuthority "vault" { plugin_data { vault_addr = "https://vault:port" token_auth { token = "t" } } }', 'UpstreamAuthority "vault": vault_addr "https://vault:port" has "port" for a port'],
  [at('https:///v1'), 'UpstreamAuthority "vault": vault_addr "https:///v1" has no host'],
  [at('vault:8200'), 'UpstreamAuthority "vault": vault_addr "vault:8200" does not start with https://'],
  [at('vault.example.org'), 'UpstreamAuthority "vault": vault_addr "vault.example.org" does not start with https://'],
  [keyVault('v.vault.azure.net'), 'KeyManager "azure_key_vault": key_vault_uri "v.vault.azure.net" is no https:// URL'],
  [keyVault('https://my vault'), 'KeyManager "azure_key_vault": key_vault_uri "https://my vault" has a character in its host that may not be there'],
  [keyVault('http://v.vault.azure.net'), 'KeyManager "azure_key_vault": key_vault_uri "http://v.vault.azure.net" is no https:// URL'],
  ['KeyManager "disk" { plugin_data { keys_path = "/data/" } }', 'KeyManager "disk": keys_path "/data/" is a folder'],
  ['KeyManager "aws_kms" { plugin_data { region = "eu central" key_identifier_value = "a" } }', 'KeyManager "aws_kms": region "eu central" is no region of AWS'],
  ['UpstreamAuthority "aws_pca" { plugin_data { region = "eu_central_1" certificate_authority_arn = "a" } }', 'UpstreamAuthority "aws_pca": region "eu_central_1" is no region of AWS'],
  ['UpstreamAuthority "awssecret" { plugin_data { region = "eu/1" cert_file_arn = "a" key_file_arn = "b" } }', 'UpstreamAuthority "awssecret": region "eu/1" is no region of AWS'],
  [program('plugin_checksum = "abc"'), 'NodeAttestor "ours": plugin_checksum "abc" is no SHA-256 checksum'],
  [sqlite('max_open_conns = 1'), 'DataStore "sql": max_open_conns is 1: the server waits for a second connection to SQLite for ever'],
])('fails for %s', (plugins, message) => {
  expect(serverRefuses({ plugins })).toEqual([message]);
});

describe('what stands in variables', () => {
  const environment = (...names: string[]): Map<string, undefined> => new Map(names.map(name => [name, undefined]));

  test('is there where it is set, and where nobody is seen to run the server', () => {
    expect(serverRefuses({ plugins: vault('token_auth {}'), environment: environment('VAULT_TOKEN') })).toEqual([]);
    expect(serverRefuses({ plugins: vault('cert_auth {}') })).toEqual([]);
    expect(serverRefuses({ plugins: 'NodeAttestor "aws_iid" { plugin_data { access_key_id = "a" } }', environment: environment('AWS_SECRET_ACCESS_KEY') })).toEqual([]);
  });

  test('fails where the container has no such variable', () => {
    expect(serverRefuses({ plugins: 'UpstreamAuthority "vault" { plugin_data { approle_auth {} } }', environment: environment() })).toEqual(['UpstreamAuthority "vault": there is no vault_addr, and the container has no VAULT_ADDR']);
    expect(serverRefuses({ plugins: 'UpstreamAuthority "vault" { plugin_data { approle_auth {} } }', environment: environment('VAULT_ADDR') })).toEqual([]);
    expect(serverRefuses({ plugins: vault('token_auth {}'), environment: environment() })).toEqual(['UpstreamAuthority "vault": token_auth has no token, and the container no VAULT_TOKEN']);
    expect(serverRefuses({ plugins: vault('cert_auth { client_cert_path = "/c" }'), environment: environment() }))
      .toEqual(['UpstreamAuthority "vault": cert_auth has no client_key_path, and the container no VAULT_CLIENT_KEY']);
    const ejbca = 'UpstreamAuthority "ejbca" { plugin_data { hostname = "h" ca_name = "c" end_entity_profile_name = "e" certificate_profile_name = "p" client_cert_path = "/c" } }';
    expect(serverRefuses({ plugins: ejbca, environment: environment() })).toEqual(['UpstreamAuthority "ejbca": there is no client_cert_key_path, and the container has no EJBCA_CLIENT_CERT_KEY_PATH']);
  });

  test('is never a fault of its own', () => {
    const plugins = 'KeyManager "aws_kms" { plugin_data { region = "r" key_identifier_value = "\uE000" } }\nNodeAttestor "sshpop" { plugin_data { cert_authorities = ["\uE000"] } }';
    expect(serverRefuses({ plugins })).toEqual([]);
  });
});

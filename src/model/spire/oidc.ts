import { warnOfDropped } from './dropped';
import { Problems } from './problems';
import { parseDuration } from './values';
import { BOOL, Block, INT, STRING, STRINGS, block, decodeHcl, parseHcl, strings } from '../../formats/hcl/reader';

const FILE = block({
  ...strings('log_format', 'log_level', 'log_path', 'insecure_addr', 'listen_socket_path', 'jwt_issuer', 'jwks_uri', 'server_path_prefix'),
  log_requests: BOOL,
  domains: STRINGS,
  domain: STRING,
  acme: block({ ...strings('cache_dir', 'directory_url', 'email'), tos_accepted: BOOL }),
  serving_cert_file: block(strings('cert_file_path', 'key_file_path', 'file_sync_interval', 'addr')),
  allow_insecure_scheme: BOOL,
  set_key_use: BOOL,
  server_api: block(strings('address', 'poll_interval')),
  workload_api: block(strings('socket_path', 'trust_domain', 'poll_interval')),
  file: block(strings('path', 'poll_interval')),
  health_checks: block({ bind_port: INT, ...strings('ready_path', 'live_path') }),
});

const START = { line: 1, column: 1 };

/** An oidc-discovery-provider's configuration. */
export interface OidcConfig {
  readonly kind: 'oidc';
  readonly file: Block;
  readonly problems: Problems;
}

/** Reads the configuration of SPIRE's OIDC discovery provider. */
export function readOidcConfig(text: string, problems: Problems): OidcConfig | undefined {
  const file = problems.attempt('syntax', '', () => decodeHcl(text, FILE));
  if (!file) return undefined;
  if (file.texts('domains').length === 0) problems.refuse('required', 'at least one domain must be configured', START, 'set domains = ["oidc.example.org"]');
  checkListener(file, problems);
  checkSource(file, problems);
  for (const name of ['jwt_issuer', 'jwks_uri']) {
    const url = file.text(name);
    if (url !== '' && !/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/]+/.test(url)) problems.refuse('value', `${name} "${url}" needs a scheme and a host`, file.at(name));
  }
  warnOfDropped(parseHcl(text), FILE, '', problems);
  return { kind: 'oidc', file, problems };
}

/** Where the keys come from. */
function checkSource(file: Block, problems: Problems): void {
  const sources = ['server_api', 'workload_api', 'file'].filter(name => file.has(name));
  if (sources.length !== 1) {
    problems.refuse('required', `exactly one of server_api, workload_api and file is needed, got ${sources.join(' and ') || 'none'}`,
      sources[1] ? file.at(sources[1]) : START);
  }
  const workloadApi = file.block('workload_api');
  for (const name of workloadApi ? ['socket_path', 'trust_domain'] : []) {
    if (workloadApi!.text(name) === '') problems.refuse('required', `workload_api.${name} must be configured`, file.at('workload_api'));
  }
  const address = file.block('server_api')?.text('address') ?? 'unix://';
  if (!address.startsWith('unix://')) problems.refuse('value', `server_api address "${address}" does not start with unix://`, file.at('server_api'));
  for (const name of sources) {
    const interval = file.block(name)!.text('poll_interval');
    if (interval !== '' && parseDuration(interval) === undefined) problems.refuse('value', `poll_interval "${interval}" is no duration`, file.at(name));
  }
}

function checkListener(file: Block, problems: Problems): void {
  const acme = file.block('acme');
  if (acme && file.text('insecure_addr') !== '') problems.refuse('value', 'insecure_addr and acme exclude each other', file.at('insecure_addr'));
  if (acme && !acme.bool('tos_accepted')) problems.refuse('value', 'acme.tos_accepted must be true', file.at('acme'));
  if (acme && acme.text('email') === '') problems.refuse('required', 'acme.email must be configured', file.at('acme'));
  const cert = file.block('serving_cert_file');
  if (cert && (cert.text('cert_file_path') === '' || cert.text('key_file_path') === '')) {
    problems.refuse('required', 'serving_cert_file needs cert_file_path and key_file_path', file.at('serving_cert_file'));
  }
  if (!acme && !cert && file.text('insecure_addr') === '' && file.text('listen_socket_path') === '') {
    problems.refuse('required', 'no listener: one of acme, serving_cert_file, insecure_addr and listen_socket_path is needed', START);
  }
  if (file.bool('allow_insecure_scheme') && file.text('insecure_addr') === '' && file.text('listen_socket_path') === '') {
    problems.warn('value', 'allow_insecure_scheme works only with insecure_addr or listen_socket_path', file.at('allow_insecure_scheme'));
  }
}

import { checkLogging, checkSocketPath, duration } from './common';
import { warnOfDropped } from './dropped';
import { Problems } from './problems';
import { checkHealthPaths } from './telemetry';
import { cleanPath, isTcpAddress, trustDomainError } from './values';
import { goUrlFault } from '../../formats/go-url';
import { BOOL, Block, INT, STRINGS, block, decodeHcl, parseHcl, strings } from '../../formats/hcl/reader';

const FILE = block({
  ...strings('log_format', 'log_level', 'log_path', 'insecure_addr', 'listen_socket_path', 'jwt_issuer', 'jwks_uri', 'server_path_prefix'),
  log_requests: BOOL,
  domains: STRINGS,
  acme: block({ ...strings('cache_dir', 'directory_url', 'email'), tos_accepted: BOOL }),
  serving_cert_file: block(strings('cert_file_path', 'key_file_path', 'file_sync_interval', 'addr')),
  allow_insecure_scheme: BOOL,
  set_key_use: BOOL,
  server_api: block({ ...strings('address', 'poll_interval'), experimental: block(strings('named_pipe_name')) }),
  workload_api: block({ ...strings('socket_path', 'trust_domain', 'poll_interval'), experimental: block(strings('named_pipe_name')) }),
  file: block(strings('path', 'poll_interval')),
  health_checks: block({ bind_port: INT, ...strings('ready_path', 'live_path') }),
  experimental: block(strings('listen_named_pipe_name')),
});

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
  checkLogging(file, problems);
  checkDomains(file, problems);
  checkListener(file, problems);
  checkSource(file, problems);
  for (const name of ['jwt_issuer', 'jwks_uri']) {
    const url = file.text(name);
    const fault = goUrlFault(url) ?? (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/([^/?#]*@)?[^/?#@]+([/?#]|$)/.test(url) ? undefined : 'needs a scheme and a host');
    if (url !== '' && fault) problems.refuse('value', `${name} "${url}" ${fault}`, file.at(name), 'write https://host/path');
  }
  checkPrefix(file, problems);
  const health = file.block('health_checks');
  if (health) checkHealthPaths(health, problems);
  if ((health?.int('bind_port') ?? 0) > 65535) {
    problems.warn('health', `bind_port ${health!.int('bind_port')} is no port: the process runs without health checks`, health!.at('bind_port'), 'use 1 to 65535');
  }
  warnOfDropped(parseHcl(text), FILE, '', problems);
  return { kind: 'oidc', file, problems };
}

/** The port that a provider listens on by itself; behind a socket something beside it does. */
export function listenPort({ file }: OidcConfig): number | undefined {
  if (file.text('listen_socket_path') !== '') return undefined;
  const cert = file.block('serving_cert_file');
  const address = cert ? cert.text('addr') || ':443' : file.has('acme') ? ':443' : file.text('insecure_addr');
  const port = /:(\d+)$/.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}

const START = { line: 1, column: 1 };

function checkDomains(file: Block, problems: Problems): void {
  const domains = file.texts('domains');
  if (domains.length === 0) problems.refuse('required', 'at least one domain must be configured', START, 'set domains = ["oidc.example.org"]');
  for (const domain of domains) {
    if (isDomain(domain)) continue;
    problems.refuse('value', `domain "${domain}" is no host name in lower case, without port, in Punycode`, file.at('domains'), 'write oidc.example.org');
  }
}

/** What idna.Lookup.ToASCII gives back as it is. */
function isDomain(domain: string): boolean {
  return domain.split('.').every(label => /^([a-z0-9-]*)$/.test(label) && !/^-|-$/.test(label)
    && (label.startsWith('xn--') ? URL.canParse(`http://${label}`) : label.slice(2, 4) !== '--'));
}

/** What stands before the paths is joined to them, and the whole is a pattern of Go's router: the part before the first slash is a host. */
function checkPrefix(file: Block, problems: Problems): void {
  const prefix = file.text('server_path_prefix');
  const isOpaque = /^[a-zA-Z][a-zA-Z0-9+.-]*:(?!\/)/.test(prefix);
  const isEmpty = prefix !== '' && (/^\/\/([?#]|$)/.test(prefix) || (!prefix.startsWith('/') && (isOpaque || cleanPath(prefix.split(/[?#]/)[0]) === '')));
  const fault = goUrlFault(prefix) ?? (isEmpty ? 'makes the process panic: there is no slash' : undefined);
  if (fault) {
    problems.refuse('value', `server_path_prefix "${prefix}" ${fault}`, file.at('server_path_prefix'), 'start it with a slash: /path');
  } else if (prefix !== '' && !prefix.startsWith('/')) {
    problems.warn('value', `server_path_prefix "${prefix}" has no slash at its start: it is taken for a host, and no path begins with it`, file.at('server_path_prefix'),
      'start it with a slash: /path');
  }
}

function checkSource(file: Block, problems: Problems): void {
  const sources = ['server_api', 'workload_api', 'file'].filter(name => file.has(name));
  if (sources.length !== 1) {
    problems.refuse('required', `exactly one of server_api, workload_api and file is needed, got ${sources.join(' and ') || 'none'}`,
      sources[1] ? file.at(sources[1]) : START);
  }
  if (file.block('file')?.text('path') === '') problems.warn('value', 'file has no path: the provider never has keys', file.at('file'), 'set path to the file of a SPIFFE bundle');
  const workloadApi = file.block('workload_api');
  for (const name of workloadApi ? ['socket_path', 'trust_domain'] : []) {
    if (workloadApi!.text(name) === '') problems.refuse('required', `workload_api.${name} must be configured`, file.at('workload_api'));
  }
  const socket = workloadApi?.text('socket_path') ?? '';
  const socketFault = goUrlFault(`unix://${socket.startsWith('/') ? '' : '/'}${socket}`) ?? (/[?#]/.test(socket) ? 'has a ? or a #' : undefined);
  if (socketFault) problems.refuse('value', `workload_api.socket_path "${socket}" ${socketFault}`, workloadApi!.at('socket_path'), 'write the path of the socket, without unix://');
  const domain = workloadApi?.text('trust_domain') ?? '';
  const reason = domain === '' ? undefined : trustDomainError(domain);
  if (reason) problems.refuse('trust-domain', `trust_domain "${domain}" is not valid: ${reason}`, workloadApi!.at('trust_domain'));
  const serverApi = file.block('server_api');
  const address = serverApi?.text('address') ?? '';
  if (serverApi && address === '') problems.refuse('required', 'server_api.address must be configured', file.at('server_api'), 'set address = "unix:///path/to/api.sock"');
  // gRPC takes what is no URL for a name, as far as that can be in one
  const addressFault = address === '' || address.startsWith('unix:') ? goUrlFault(address) && goUrlFault(`dns:///${address}`) : 'does not start with unix:';
  if (addressFault) problems.refuse('value', `server_api address "${address}" ${addressFault}`, file.at('server_api'), 'write unix:///path/to/api.sock');
  sources.forEach(name => duration(file.block(name)!, 'poll_interval', problems));
}

/** The ways to listen, of which one is needed; none goes with another. */
const LISTENERS = ['acme', 'serving_cert_file', 'insecure_addr', 'listen_socket_path'];

function checkListener(file: Block, problems: Problems): void {
  const given = LISTENERS.filter(name => (name === 'acme' || name === 'serving_cert_file' ? file.has(name) : file.text(name) !== ''));
  if (given.length === 0) problems.refuse('required', `no listener: one of ${LISTENERS.join(', ')} is needed`, START);
  if (given.length > 1) problems.refuse('value', `${given.join(' and ')} exclude each other`, file.at(given[1]), 'keep one of them');
  const socket = file.text('listen_socket_path');
  // other than a server or an agent, it makes no folder
  if (/^[a-z]+:\/\//i.test(socket)) problems.refuse('sockets', `listen_socket_path "${socket}" is a URL`, file.at('listen_socket_path'), 'write the path without a scheme');
  else checkSocketPath(file, 'listen_socket_path', problems);
  const acme = file.block('acme');
  if (acme && !acme.bool('tos_accepted')) problems.refuse('value', 'acme.tos_accepted must be true', file.at('acme'));
  if (acme && acme.text('email') === '') problems.refuse('required', 'acme.email must be configured', file.at('acme'));
  const cert = file.block('serving_cert_file');
  if (cert && (cert.text('cert_file_path') === '' || cert.text('key_file_path') === '')) {
    problems.refuse('required', 'serving_cert_file needs cert_file_path and key_file_path', file.at('serving_cert_file'));
  }
  if (cert) duration(cert, 'file_sync_interval', problems);
  for (const [owner, name] of [[cert, 'addr'], [file, 'insecure_addr']] as const) {
    const address = owner?.text(name) ?? '';
    if (address !== '' && !isTcpAddress(address)) problems.refuse('value', `${name} "${address}" is no host:port`, owner!.at(name), 'write :8443');
  }
  if (file.bool('allow_insecure_scheme') && file.text('insecure_addr') === '' && file.text('listen_socket_path') === '') {
    problems.warn('value', 'allow_insecure_scheme works only with insecure_addr or listen_socket_path', file.at('allow_insecure_scheme'));
  }
}

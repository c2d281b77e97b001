import { Problems } from './problems';
import { cleanPath, parseDuration, spiffeIdError, trustDomainError, trustDomainName } from './values';
import { BOOL, Block, INT, STRING, STRINGS, Shape, block, listOf, strings } from '../../formats/hcl/reader';

/** The blocks that server and agent share. */
export const TELEMETRY = block({
  Prometheus: block({
    host: STRING,
    port: INT,
    tls: block({ ...strings('cert_file', 'key_file', 'client_ca_file'), use_spire_svid: BOOL, authorized_spiffe_ids: STRINGS }),
  }),
  DogStatsd: listOf(block(strings('address'))),
  Statsd: listOf(block(strings('address'))),
  M3: listOf(block(strings('address', 'env'))),
  InMem: block({}),
  MetricPrefix: STRING,
  EnableTrustDomainLabel: BOOL,
  EnableHostnameLabel: BOOL,
  AllowedPrefixes: STRINGS,
  BlockedPrefixes: STRINGS,
  AllowedLabels: STRINGS,
  BlockedLabels: STRINGS,
});

export const HEALTH_CHECKS = block({ listener_enabled: BOOL, ...strings('bind_address', 'bind_port', 'ready_path', 'live_path') });

export const LOGGING: Record<string, Shape> = { ...strings('log_file', 'log_level', 'log_format'), log_source_location: BOOL };

export const PROFILING: Record<string, Shape> = {
  profiling_enabled: BOOL, profiling_port: INT, profiling_freq: INT, profiling_names: STRINGS,
};

const PROFILES = ['goroutine', 'threadcreate', 'heap', 'block', 'mutex', 'trace', 'cpu'];

/** What is wrong with profiles is logged by the process, which runs on. */
export function checkProfiling(block_: Block, problems: Problems): void {
  if (!block_.bool('profiling_enabled')) return;
  const port = block_.int('profiling_port') ?? 0;
  if (port > 65535) problems.warn('value', `profiling_port ${port} is no port: profiles are not served`, block_.at('profiling_port'), 'use 1 to 65535');
  if ((block_.int('profiling_freq') ?? 0) <= 0) return;
  const names = block_.texts('profiling_names');
  if (names.length === 0) problems.warn('value', 'profiling_freq has no effect without profiling_names', block_.at('profiling_freq'), `set profiling_names: ${PROFILES.join(', ')}`);
  for (const name of names.filter(one => !PROFILES.includes(one))) {
    problems.warn('value', `profiling_names "${name}" is unknown: no profile is written for it`, block_.at('profiling_names'), `use ${PROFILES.join(', ')}`);
  }
}

/** Refuses the keys a block does not know, where SPIRE looks for them. */
export function checkUnknown(section: string, block_: Block | undefined, problems: Problems): void {
  for (const [key, position] of block_?.unused ?? []) {
    problems.refuse('unknown-key', `unknown key "${key}" in ${section}`, position, 'remove or correct the key');
  }
}

/** SPIRE's structures have fields for two of its flags, and their values in a file are not used. */
export function checkFlagNames(block_: Block, problems: Problems): void {
  if (block_.bool('ExpandEnv')) problems.warn('value', 'ExpandEnv in the file does nothing', block_.at('ExpandEnv'), 'start the process with -expandEnv');
}

/** Gives a duration in seconds, or refuses it. */
export function duration(block_: Block, name: string, problems: Problems): number | undefined {
  const text = block_.text(name);
  if (text === '') return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined) {
    problems.refuse('value', `${name} ${JSON.stringify(text)} is no duration`, block_.at(name), 'write a Go duration such as "1h30m"; there are no days');
  }
  return seconds;
}

export function oneOf(block_: Block, name: string, allowed: readonly string[], problems: Problems): void {
  const text = block_.text(name);
  if (text === '' || allowed.includes(text.toLowerCase())) return;
  problems.refuse('value', `${name} "${text}" is unknown`, block_.at(name), `use one of ${allowed.join(', ')}`);
}

export function checkLogging(block_: Block, problems: Problems): void {
  oneOf(block_, 'log_level', ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'], problems);
  oneOf(block_, 'log_format', ['text', 'json'], problems);
}

export function checkFeatureFlags(experimental: Block | undefined, problems: Problems): void {
  for (const flag of experimental?.texts('feature_flags') ?? []) {
    if (flag === 'wit-svid' || flag === 'i_am_a_test_flag') continue;
    problems.refuse('value', `unknown feature flag "${flag}"`, experimental!.at('feature_flags'), 'SPIRE 1.15 knows wit-svid only');
  }
}

export function checkTrustDomain(block_: Block, problems: Problems): void {
  const name = block_.text('trust_domain');
  const reason = name === '' ? undefined : trustDomainError(name);
  const at = block_.at('trust_domain');
  const fix = 'use lower case letters, digits, dots, dashes and underscores, such as example.org';
  if (reason) {
    problems.refuse('trust-domain', `trust_domain ${JSON.stringify(name)} is not valid: ${reason}`, at, fix);
  } else if (name !== '' && trustDomainName(name).split('.').includes('')) {
    problems.refuse('trust-domain', `trust_domain ${JSON.stringify(name)} has an empty label: no X.509 certificate can carry it`, at, fix);
  } else if (name.length > 255) {
    problems.warn('value', 'trust_domain is longer than 255 characters', at, fix);
  }
}

export function checkIds(ids: string[], what: string, position: { line: number; column: number }, problems: Problems): void {
  for (const id of ids) {
    const reason = spiffeIdError(id);
    if (reason) problems.refuse('spiffe-id', `${what} ${JSON.stringify(id)} is no SPIFFE ID: ${reason}`, position, 'write spiffe://<trust domain>/<path>');
  }
}

const MAX_SOCKET_PATH = 107;

export function checkSocketPath(block_: Block, name: string, problems: Problems): void {
  const path = block_.text(name);
  if (/^[a-z]+:\/\//i.test(path)) {
    problems.warn('value', `${name} "${path}" is a URL: the socket is made in a folder "${path.split('/')[0]}"`, block_.at(name), 'write the path without a scheme');
  } else if (path !== '' && /^\/?(\.\.)?$/.test(cleanPath(path))) {
    problems.refuse('sockets', `${name} "${path}" is a folder`, block_.at(name), 'write the path of the socket in it');
  } else if (path.length > MAX_SOCKET_PATH) {
    problems.refuse('sockets', `${name} is ${path.length} bytes long, a unix socket path holds ${MAX_SOCKET_PATH}`, block_.at(name), 'shorten the path');
  }
}

import { LoadedPlugin, PluginType, configure, loadPlugins } from './catalog';
import {
  HEALTH_CHECKS, LOGGING, PROFILING, TELEMETRY, checkFeatureFlags, checkFlagNames, checkIds, checkLogging, checkProfiling, checkSocketPath,
  checkTrustDomain, checkUnknown, duration, oneOf,
} from './common';
import { warnOfDropped } from './dropped';
import { Environment } from './expand-env';
import { checkFederation } from './federation';
import { Flags, applyFlags } from './flags';
import { Plugin, readPlugins } from './plugin-set';
import { DATA_STORE } from './plugins/datastore';
import { SERVER_KEY_MANAGERS } from './plugins/key-managers';
import { SERVER_NODE_ATTESTORS } from './plugins/node-attestors';
import { BUNDLE_PUBLISHERS, CREDENTIAL_COMPOSERS, NOTIFIERS } from './plugins/publishers';
import { UPSTREAM_AUTHORITIES } from './plugins/upstream-authorities';
import { Problems } from './problems';
import { checkHealth, checkTelemetry } from './telemetry';
import { formatDuration, isCidr, isHost, maxSvidTtl, parseDuration } from './values';
import { BOOL, Block, INT, NODE, STRING, STRINGS, block, decodeHcl, mapOf, parseHcl, strings } from '../../formats/hcl/reader';

const ACME = block({ ...strings('directory_url', 'domain_name', 'email'), tos_accepted: BOOL });

const SERVER = block({
  admin_ids: STRINGS,
  audit_log_enabled: BOOL,
  bind_port: INT,
  ca_subject: block({ country: STRINGS, organization: STRINGS, common_name: STRING }),
  ...strings('agent_ttl', 'bind_address', 'ca_key_type', 'ca_ttl', 'data_dir', 'default_x509_svid_ttl', 'default_jwt_svid_ttl', 'jwt_issuer',
    'jwt_key_type', 'prune_attested_nodes_expired_for', 'socket_path', 'trust_domain', 'max_attested_node_info_staleness', 'ConfigPath'),
  experimental: block({
    agent_spiffe_id_as_selector: BOOL,
    auth_opa_policy_engine: block({ local: block(strings('rego_path', 'policy_data_path')) }),
    ...strings('cache_reload_interval', 'full_cache_reload_interval', 'prune_events_older_than', 'event_timeout', 'sql_transaction_timeout',
      'wit_key_type', 'wit_issuer', 'named_pipe_name'),
    events_based_cache: BOOL,
    require_pq_kem: BOOL,
    feature_flags: STRINGS,
  }),
  federation: block({
    bundle_endpoint: block({ address: STRING, port: INT, refresh_hint: STRING, acme: ACME, profile: NODE }),
    federates_with: mapOf(block({ bundle_endpoint_url: STRING, bundle_endpoint_profile: NODE })),
  }),
  disable_jwt_svids: BOOL,
  ...LOGGING,
  prune_attested_nodes_batch_size: INT,
  prune_tofu_nodes: BOOL,
  proxy_protocol_trusted_cidrs: STRINGS,
  ratelimit: block({ attestation: BOOL, signing: BOOL }),
  ExpandEnv: BOOL,
  ...PROFILING,
});

const FILE = block({ server: SERVER, plugins: NODE, telemetry: TELEMETRY, health_checks: HEALTH_CHECKS });

const TYPES: Record<string, PluginType> = {
  KeyManager: { builtIns: SERVER_KEY_MANAGERS, min: 1, max: 1 },
  NodeAttestor: { builtIns: SERVER_NODE_ATTESTORS, min: 0, max: Infinity },
  UpstreamAuthority: { builtIns: UPSTREAM_AUTHORITIES, min: 0, max: 1 },
  Notifier: { builtIns: NOTIFIERS, min: 0, max: Infinity },
  BundlePublisher: { builtIns: BUNDLE_PUBLISHERS, min: 0, max: Infinity },
  CredentialComposer: { builtIns: CREDENTIAL_COMPOSERS, min: 0, max: Infinity },
};

/** In seconds; certificates end at full ones, so that the rest below one is luck. */
const [SHORTEST_TTL, SHORTEST_SURE_TTL] = [0.1, 1];

const KEY_TYPES = ['rsa-2048', 'rsa-4096', 'ec-p256', 'ec-p384'];

/** A SPIRE server's configuration, and what the server would say to it. */
export interface ServerConfig {
  readonly kind: 'server';
  readonly file: Block;
  readonly server: Block;
  readonly plugins: LoadedPlugin[];
  readonly problems: Problems;
}

/** Reads a server.conf as SPIRE 1.15 does; undefined where it cannot even be decoded. */
export function readServerConfig(text: string, problems: Problems, flags: Flags = new Map(), environment?: Environment): ServerConfig | undefined {
  const file = problems.attempt('syntax', '', () => decodeHcl(text, FILE));
  if (!file) return undefined;
  const server = file.block('server') ?? new Block({ line: 1, column: 1 });
  applyFlags(server, flags, 'bind_port');
  checkRequired(file, server, problems);
  checkLogging(server, problems);
  checkProfiling(server, problems);
  checkFlagNames(server, problems);
  checkTrustDomain(server, problems);
  checkSocketPath(server, 'socket_path', problems);
  checkFederation(server, problems);
  checkTtls(server, problems);
  checkValues(server, problems);
  checkExperimental(server.block('experimental'), problems);
  const declared = file.node('plugins') && readPlugins(file.node('plugins')!, problems);
  const plugins = declared ? checkPlugins(declared, problems, environment) : [];
  checkExpired(server, plugins, problems);
  checkUnknown('the file', file, problems);
  checkUnknown('server', server, problems);
  checkUnknown('ca_subject', server.block('ca_subject'), problems);
  checkUnknown('ratelimit', server.block('ratelimit'), problems);
  checkTelemetry(file.block('telemetry'), problems);
  checkHealth(file.block('health_checks'), problems);
  warnOfDropped(parseHcl(text), FILE, '', problems);
  return { kind: 'server', file, server, plugins, problems };
}

function checkRequired(file: Block, server: Block, problems: Problems): void {
  for (const name of ['trust_domain', 'data_dir']) {
    if (server.text(name) === '') problems.refuse('required', `${name} must be configured`, server.at(name), `set ${name} in server`);
  }
  if (!file.node('plugins')) problems.refuse('required', 'the plugins section is missing', { line: 1, column: 1 }, 'add plugins { … } with a DataStore and a KeyManager');
}

function checkValues(server: Block, problems: Problems): void {
  const port = server.int('bind_port') ?? 8081;
  if (port < 0 || port > 65535) problems.refuse('value', `bind_port ${port} is no port`, server.at('bind_port'), 'use 1 to 65535');
  const address = server.text('bind_address').replace(/^\[|\]$/g, '');
  if (!isHost(address)) {
    problems.refuse('value', `bind_address "${address}" is no IP address and no name`, server.at('bind_address'), 'give the port in bind_port');
  }
  oneOf(server, 'ca_key_type', KEY_TYPES, problems);
  oneOf(server, 'jwt_key_type', KEY_TYPES, problems);
  duration(server, 'prune_attested_nodes_expired_for', problems);
  if (server.bool('prune_tofu_nodes') && server.text('prune_attested_nodes_expired_for') === '') {
    problems.warn('value', 'prune_tofu_nodes is only read with prune_attested_nodes_expired_for', server.at('prune_tofu_nodes'), 'set prune_attested_nodes_expired_for');
  }
  if (server.has('max_attested_node_info_staleness') && server.text('max_attested_node_info_staleness') === '') {
    problems.refuse('value', 'max_attested_node_info_staleness is empty', server.at('max_attested_node_info_staleness'), 'remove it, or write a duration');
  }
  duration(server, 'max_attested_node_info_staleness', problems);
  checkIds(server.texts('admin_ids'), 'admin_ids', server.at('admin_ids'), problems);
  for (const cidr of server.texts('proxy_protocol_trusted_cidrs')) {
    if (!isCidr(cidr)) problems.refuse('value', `proxy_protocol_trusted_cidrs "${cidr}" is no CIDR`, server.at('proxy_protocol_trusted_cidrs'), 'write 10.0.0.0/8');
  }
  const subject = server.block('ca_subject');
  if (subject && !subject.texts('country').length && !subject.texts('organization').length && subject.text('common_name') === '') {
    problems.warn('lost', 'ca_subject is empty, or its values are lost behind a label: the default subject is used', server.at('ca_subject'),
      'write ca_subject { country = ["…"] organization = ["…"] common_name = "…" }');
  }
}

/** Lifetimes against one sixth of the CA's. */
function checkTtls(server: Block, problems: Problems): void {
  const caTtl = duration(server, 'ca_ttl', problems) ?? 24 * 3600;
  const ttls: [string, number | undefined][] = [
    ['default_x509_svid_ttl', duration(server, 'default_x509_svid_ttl', problems) ?? 3600],
    ['default_jwt_svid_ttl', duration(server, 'default_jwt_svid_ttl', problems) ?? 300],
    ['agent_ttl', duration(server, 'agent_ttl', problems)],
  ];
  for (const [name, ttl] of ttls) {
    if (ttl === undefined || ttl <= maxSvidTtl(caTtl)) continue;
    const cap = maxSvidTtl(caTtl) === caTtl / 6 ? `one sixth of ca_ttl (${formatDuration(caTtl)})` : 'the cap of 7 days';
    problems.warn('ttl', `${name} ${formatDuration(ttl)} exceeds ${formatDuration(maxSvidTtl(caTtl))}, ${cap}: SVIDs are cut short at the end of the CA`,
      server.at(server.has(name) ? name : 'ca_ttl'), `lower ${name} or raise ca_ttl`);
  }
}

/** The server signs its own CA and its own SVID first, and refuses what has no time to live. Zero is the default. */
function checkExpired(server: Block, plugins: LoadedPlugin[], problems: Problems): void {
  const signs = !plugins.some(({ type }) => type === 'UpstreamAuthority');
  for (const name of [...signs ? ['ca_ttl'] : [], 'default_x509_svid_ttl']) {
    const ttl = parseDuration(server.text(name));
    if (ttl === undefined || ttl === 0 || ttl >= SHORTEST_SURE_TTL) continue;
    if (ttl < SHORTEST_TTL) problems.refuse('value', `${name} ${server.text(name)}: what is signed has expired already`, server.at(name), 'give a longer lifetime');
    else problems.warn('value', `${name} ${server.text(name)}: what is signed may have expired already, and the server stops`, server.at(name), 'give a longer lifetime');
  }
}

function checkExperimental(experimental: Block | undefined, problems: Problems): void {
  checkFeatureFlags(experimental, problems);
  if (!experimental) return;
  for (const name of ['prune_events_older_than', 'sql_transaction_timeout', 'event_timeout']) duration(experimental, name, problems);
  checkCacheIntervals(experimental, problems);
  oneOf(experimental, 'wit_key_type', KEY_TYPES, problems);
  if (experimental.text('event_timeout') !== '' && experimental.text('sql_transaction_timeout') !== '') {
    problems.refuse('value', 'event_timeout and sql_transaction_timeout exclude each other', experimental.at('sql_transaction_timeout'), 'keep event_timeout');
  } else if (experimental.text('sql_transaction_timeout') !== '') {
    problems.warn('deprecated', 'experimental.sql_transaction_timeout is deprecated', experimental.at('sql_transaction_timeout'), 'write event_timeout');
  }
  if (experimental.text('named_pipe_name') !== '') {
    problems.refuse('value', 'named_pipe_name works on Windows only', experimental.at('named_pipe_name'), 'use socket_path');
  }
  const opa = experimental.block('auth_opa_policy_engine');
  if (opa && !opa.block('local')) {
    problems.refuse('value', 'auth_opa_policy_engine has no provider', experimental.at('auth_opa_policy_engine'), 'add local { rego_path = "…" }');
  } else if (opa && opa.block('local')!.text('rego_path') === '') {
    problems.refuse('value', 'auth_opa_policy_engine has no rego_path', experimental.at('auth_opa_policy_engine'), 'set local { rego_path = "…" }');
  }
}

/** Zero is the default; a ticker of Go panics with less, the old cache goes round without a pause. */
function checkCacheIntervals(experimental: Block, problems: Problems): void {
  const reload = duration(experimental, 'cache_reload_interval', problems) || 5;
  const full = duration(experimental, 'full_cache_reload_interval', problems) || 24 * 3600;
  if (reload < 0 && !experimental.bool('events_based_cache') && full > reload) {
    problems.warn('value', `cache_reload_interval ${experimental.text('cache_reload_interval')} is negative: the cache is built again without a pause`,
      experimental.at('cache_reload_interval'), 'use 5s');
  } else if (reload < 0) {
    problems.refuse('value', `cache_reload_interval ${experimental.text('cache_reload_interval')} is negative: the server panics`, experimental.at('cache_reload_interval'), 'use 5s');
  } else if (full <= reload) {
    const name = experimental.has('full_cache_reload_interval') ? 'full_cache_reload_interval' : 'cache_reload_interval';
    problems.refuse('value', `full_cache_reload_interval ${formatDuration(full)} is not longer than cache_reload_interval ${formatDuration(reload)}`, experimental.at(name),
      'make full_cache_reload_interval the longer one');
  }
}

function checkPlugins(plugins: Plugin[], problems: Problems, environment?: Environment): LoadedPlugin[] {
  const joinToken = plugins.find(plugin => plugin.type === 'NodeAttestor' && plugin.name === 'join_token' && plugin.enabled && plugin.external);
  if (joinToken) problems.refuse('plugin-set', 'join_token cannot be an external plugin', joinToken.position, 'remove plugin_cmd');
  const stores = plugins.filter(plugin => plugin.type === 'DataStore');
  if (stores.length !== 1) {
    problems.refuse('plugin-set', `exactly one DataStore plugin is needed, got ${stores.length}`, stores[1]?.position ?? { line: 1, column: 1 }, 'declare DataStore "sql"');
  }
  const loaded = stores.slice(0, 1).map(store => ({ ...store, config: loadDataStore(store, problems) }));
  return [...loaded, ...loadPlugins(plugins.filter(plugin => plugin.type !== 'DataStore'), TYPES, problems, environment)];
}

/** The DataStore is no real plugin: it is always loaded, even when it is disabled. */
function loadDataStore(store: Plugin, problems: Problems): Block {
  const empty = new Block(store.position);
  if (store.name !== 'sql' || store.external) {
    problems.refuse('plugin-set', `DataStore "${store.name}"${store.external ? ' with plugin_cmd' : ''} is not supported`, store.position, 'use the built-in DataStore "sql"');
    return empty;
  }
  if (!store.enabled) problems.warn('value', 'enabled = false of the DataStore is ignored', store.position, 'remove it: a server has exactly one DataStore');
  return store.dataFile ? empty : configure(store, DATA_STORE, problems) ?? empty;
}

import { checkBroker } from './agent-broker';
import { checkTrustBundle } from './agent-trust-bundle';
import { LoadedPlugin, PluginType, loadPlugins } from './catalog';
import {
  HEALTH_CHECKS, LOGGING, PROFILING, TELEMETRY, checkFeatureFlags, checkFlagNames, checkIds, checkLogging, checkProfiling, checkSocketPath,
  checkTrustDomain, checkUnknown, duration, oneOf,
} from './common';
import { warnOfDropped } from './dropped';
import { Flags, applyFlags } from './flags';
import { readPlugins } from './plugin-set';
import { AGENT_KEY_MANAGERS, AGENT_NODE_ATTESTORS, SVID_STORES, WORKLOAD_ATTESTORS } from './plugins/agent-plugins';
import { Problems } from './problems';
import { checkHealth, checkTelemetry } from './telemetry';
import { cleanPath, folderOf, trustDomainName } from './values';
import { BOOL, Block, INT, NODE, STRINGS, block, decodeHcl, listOf, parseHcl, strings } from '../../formats/hcl/reader';

const RATE_LIMITS = ['fetch_x509_svid', 'fetch_jwt_svid', 'fetch_x509_bundles', 'fetch_jwt_bundles', 'stream_secrets', 'fetch_secrets'];

const AGENT = block({
  ...strings('data_dir', 'admin_socket_path', 'rebootstrap_mode', 'rebootstrap_delay', 'join_token', 'join_token_file', 'server_address', 'socket_path',
    'workload_x509_svid_key_type', 'trust_bundle_format', 'trust_bundle_path', 'trust_bundle_spiffe_workload_api', 'trust_bundle_unix_socket',
    'trust_bundle_url', 'trust_domain', 'availability_target', 'ConfigPath'),
  insecure_bootstrap: BOOL,
  log_selectors: STRINGS,
  ...LOGGING,
  sds: block({ ...strings('default_svid_name', 'default_bundle_name', 'default_all_bundles_name'), disable_spiffe_cert_validation: BOOL }),
  server_port: INT,
  disable_workload_api: BOOL,
  disable_sds_api: BOOL,
  allow_unauthenticated_verifiers: BOOL,
  allowed_foreign_jwt_claims: STRINGS,
  x509_svid_cache_max_size: INT,
  jwt_svid_cache_max_size: INT,
  authorized_delegates: STRINGS,
  ExpandEnv: BOOL,
  ...PROFILING,
  experimental: block({
    ...strings('sync_interval', 'jwt_svid_cache_hit_timeout', 'named_pipe_name', 'admin_named_pipe_name'),
    use_sync_authorized_entries: BOOL,
    require_pq_kem: BOOL,
    ratelimit: block(Object.fromEntries(RATE_LIMITS.map(name => [name, INT]))),
    broker: block({
      ...strings('socket_path', 'bind_address'),
      brokers: listOf(block({ ...strings('id'), allowed_reference_types: listOf(block({ ...strings('type_url'), allow_over_tcp: BOOL })) })),
    }),
    feature_flags: STRINGS,
  }),
});

const FILE = block({ agent: AGENT, plugins: NODE, telemetry: TELEMETRY, health_checks: HEALTH_CHECKS });

const TYPES: Record<string, PluginType> = {
  KeyManager: { builtIns: AGENT_KEY_MANAGERS, min: 1, max: 1 },
  NodeAttestor: { builtIns: AGENT_NODE_ATTESTORS, min: 1, max: 1 },
  WorkloadAttestor: { builtIns: WORKLOAD_ATTESTORS, min: 1, max: Infinity },
  SVIDStore: { builtIns: SVID_STORES, min: 0, max: Infinity },
};

/** Where the Workload API is without a socket_path. */
export const DEFAULT_AGENT_SOCKET = '/tmp/spire-agent/public/api.sock';

/** A SPIRE agent's configuration, and what the agent would say to it. */
export interface AgentConfig {
  readonly kind: 'agent';
  readonly file: Block;
  readonly agent: Block;
  readonly plugins: LoadedPlugin[];
  readonly problems: Problems;
}

/** Reads an agent.conf as SPIRE 1.15 does; undefined where it cannot even be decoded. */
export function readAgentConfig(text: string, problems: Problems, flags: Flags = new Map()): AgentConfig | undefined {
  const file = problems.attempt('syntax', '', () => decodeHcl(text, FILE));
  if (!file) return undefined;
  const agent = file.block('agent') ?? new Block({ line: 1, column: 1 });
  applyFlags(agent, flags, 'server_port');
  checkRequired(file, agent, problems);
  checkTrustBundle(agent, problems);
  checkLogging(agent, problems);
  checkProfiling(agent, problems);
  checkFlagNames(agent, problems);
  checkTrustDomain(agent, problems);
  checkSockets(agent, problems);
  checkValues(agent, problems);
  checkDelegates(agent, problems);
  checkExperimental(agent, problems);
  const declared = file.node('plugins') && readPlugins(file.node('plugins')!, problems);
  const plugins = declared ? loadPlugins(declared, TYPES, problems) : [];
  const joinToken = plugins.find(plugin => plugin.type === 'NodeAttestor' && plugin.name === 'join_token' && plugin.external);
  if (joinToken) problems.refuse('plugin-set', 'join_token cannot be an external plugin', joinToken.position, 'remove plugin_cmd');
  checkRebootstrap(agent, plugins, problems);
  checkUnknown('the file', file, problems);
  checkUnknown('agent', agent, problems);
  checkTelemetry(file.block('telemetry'), problems);
  checkHealth(file.block('health_checks'), problems);
  warnOfDropped(parseHcl(text), FILE, '', problems);
  return { kind: 'agent', file, agent, plugins, problems };
}

function checkRequired(file: Block, agent: Block, problems: Problems): void {
  for (const name of ['server_address', 'trust_domain']) {
    if (agent.text(name) === '') problems.refuse('required', `${name} must be configured`, agent.at(name), `set ${name} in agent`);
  }
  if ((agent.int('server_port') ?? 0) === 0) problems.refuse('required', 'server_port must be configured', agent.at('server_port'), 'set server_port in agent');
  if (!file.node('plugins')) problems.refuse('required', 'the plugins section is missing', { line: 1, column: 1 }, 'add plugins { … }');
  if (agent.text('join_token') !== '' && agent.text('join_token_file') !== '') {
    problems.refuse('value', 'join_token and join_token_file exclude each other', agent.at('join_token_file'), 'keep one of the two');
  }
}

function checkSockets(agent: Block, problems: Problems): void {
  const enabled = !agent.bool('disable_workload_api') || !agent.bool('disable_sds_api');
  if (enabled) checkSocketPath(agent, 'socket_path', problems);
  checkSocketPath(agent, 'admin_socket_path', problems);
  const socket = absolute(agent.text('socket_path') || DEFAULT_AGENT_SOCKET);
  const folder = folderOf(socket);
  const broker = agent.block('experimental')?.block('broker');
  const others: [string, string, Block][] = [['admin_socket_path', agent.text('admin_socket_path'), agent],
    ...broker ? [['socket_path', broker.text('socket_path'), broker] as [string, string, Block]] : []];
  for (const [name, path, owner] of others) {
    if (!enabled || path === '') continue;
    if (socket.startsWith(`${absolute(path)}/`)) {
      problems.refuse('sockets', `${owner === agent ? name : 'the broker socket'} ${path} is a folder of the Workload API socket ${agent.text('socket_path') || DEFAULT_AGENT_SOCKET}`,
        owner.at(name), 'put it into another folder');
    }
    if (!absolute(path).startsWith(`${folder}/`)) continue;
    problems.refuse('sockets', `${owner === agent ? name : 'the broker socket'} ${path} is in the folder of the Workload API socket (${folder.replace(/^(\/\0)+/, '.')}), which workloads mount`,
      owner.at(name), 'put it into another folder');
  }
}

/** Where the agent is started nobody knows, and two relative paths are beside each other nevertheless. */
function absolute(path: string): string {
  return cleanPath(path.startsWith('/') ? path : `/\0/\0/\0/${path}`);
}

function checkValues(agent: Block, problems: Problems): void {
  const mode = agent.text('rebootstrap_mode');
  if (!['', 'never', 'auto', 'always'].includes(mode)) problems.refuse('value', `rebootstrap_mode "${mode}" is unknown`, agent.at('rebootstrap_mode'), 'use never, auto or always');
  if (mode !== '' && mode !== 'never' && agent.bool('insecure_bootstrap')) {
    problems.refuse('trust-bundle', 'insecure_bootstrap cannot be used with rebootstrap_mode', agent.at('rebootstrap_mode'), 'drop insecure_bootstrap');
  }
  duration(agent, 'rebootstrap_delay', problems);
  for (const name of ['x509_svid_cache_max_size', 'jwt_svid_cache_max_size']) {
    if ((agent.int(name) ?? 0) < 0) problems.refuse('value', `${name} is negative`, agent.at(name));
  }
  oneOf(agent, 'workload_x509_svid_key_type', ['rsa-2048', 'ec-p256', 'ec-p384'], problems);
  const target = duration(agent, 'availability_target', problems);
  if (target !== undefined && target < 24 * 3600) {
    problems.refuse('value', `availability_target ${agent.text('availability_target')} is less than 24h`, agent.at('availability_target'), 'use 24h or more');
  }
  const sds = agent.block('sds');
  const all = sds?.text('default_all_bundles_name') ?? '';
  if (sds?.bool('disable_spiffe_cert_validation') && all !== '' && all !== 'null') {
    problems.warn('value', `disable_spiffe_cert_validation: the agent cannot give all bundles as "${all}"`, sds.at('default_all_bundles_name'),
      'remove one of the two: several bundles need the validator of SPIFFE');
  }
  if (sds && (sds.text('default_bundle_name') || 'ROOTCA') === (sds.text('default_all_bundles_name') || 'ALL')) {
    problems.warn('value', 'default_bundle_name and default_all_bundles_name are equal: the second is ignored', sds.at('default_all_bundles_name'),
      'set default_bundle_name = "null" beside default_all_bundles_name = "ROOTCA"');
  }
}

/** Who attested with a token can attest no second time; a token that is given is used in place of the plugin. */
function checkRebootstrap(agent: Block, plugins: LoadedPlugin[], problems: Problems): void {
  const mode = agent.text('rebootstrap_mode');
  const isToken = ['join_token', 'join_token_file'].some(name => agent.text(name) !== '') || plugins.some(({ type, name }) => type === 'NodeAttestor' && name === 'join_token');
  if (!isToken || !['auto', 'always'].includes(mode)) return;
  problems.warn('value', `rebootstrap_mode "${mode}" cannot work with a join token: ${mode === 'always' ? 'the agent does not start again' : 'it is switched off'}`,
    agent.at('rebootstrap_mode'), 'use an attestor that can attest again, such as k8s_psat');
}

function checkDelegates(agent: Block, problems: Problems): void {
  const own = trustDomainName(agent.text('trust_domain'));
  checkIds(agent.texts('authorized_delegates'), 'authorized_delegates', agent.at('authorized_delegates'), problems);
  for (const id of agent.texts('authorized_delegates')) {
    if (!id.startsWith('spiffe://') || trustDomainName(id) === own) continue;
    problems.refuse('spiffe-id', `authorized_delegates ${id} is not in the trust domain ${own}`, agent.at('authorized_delegates'));
  }
}

function checkExperimental(agent: Block, problems: Problems): void {
  const experimental = agent.block('experimental');
  checkFeatureFlags(experimental, problems);
  if (!experimental) return;
  const interval = duration(experimental, 'sync_interval', problems);
  if (interval !== undefined && interval < 0) {
    problems.warn('value', `sync_interval ${experimental.text('sync_interval')} is negative: the agent asks the server without a pause`, experimental.at('sync_interval'), 'use 5s');
  }
  const timeout = duration(experimental, 'jwt_svid_cache_hit_timeout', problems);
  if (timeout !== undefined && (timeout < 5 || timeout >= 30)) {
    problems.refuse('value', `jwt_svid_cache_hit_timeout ${experimental.text('jwt_svid_cache_hit_timeout')} is not from 5s to under 30s`, experimental.at('jwt_svid_cache_hit_timeout'));
  }
  if (experimental.has('use_sync_authorized_entries')) {
    problems.warn('deprecated', 'experimental.use_sync_authorized_entries is deprecated', experimental.at('use_sync_authorized_entries'), 'remove it: this is the default');
  }
  for (const name of ['named_pipe_name', 'admin_named_pipe_name']) {
    if (experimental.text(name) !== '') problems.refuse('value', `${name} works on Windows only`, experimental.at(name), 'use the socket paths');
  }
  const limits = experimental.block('ratelimit');
  checkUnknown('experimental.ratelimit', limits, problems);
  for (const name of RATE_LIMITS) {
    if ((limits?.int(name) ?? 0) < 0) problems.refuse('value', `experimental.ratelimit.${name} is negative`, limits!.at(name));
  }
  const broker = experimental.block('broker');
  if (broker) checkBroker(broker, problems);
}

import { Environment } from './expand-env';
import { Block } from '../../formats/hcl/reader';

/** Settings that are given as arguments, by the key of the configuration that they win over. */
export type Flags = ReadonlyMap<string, string | number | boolean>;

const TEXTS: Record<string, string> = {
  bindAddress: 'bind_address',
  dataDir: 'data_dir',
  joinToken: 'join_token',
  joinTokenFile: 'join_token_file',
  logFile: 'log_file',
  logFormat: 'log_format',
  logLevel: 'log_level',
  rebootstrapDelay: 'rebootstrap_delay',
  rebootstrapMode: 'rebootstrap_mode',
  serverAddress: 'server_address',
  socketPath: 'socket_path',
  trustBundle: 'trust_bundle_path',
  trustBundleFormat: 'trust_bundle_format',
  trustBundleUrl: 'trust_bundle_url',
  trustDomain: 'trust_domain',
};
const SWITCHES: Record<string, string> = {
  allowUnauthenticatedVerifiers: 'allow_unauthenticated_verifiers',
  disableSDSAPI: 'disable_sds_api',
  disableWorkloadAPI: 'disable_workload_api',
  insecureBootstrap: 'insecure_bootstrap',
};

/** The settings among the arguments of a server or an agent. */
export function flagsOf(args: readonly string[]): Flags {
  const flags = new Map<string, string | number | boolean>();
  args.forEach((arg, i) => {
    const [, name, inline] = /^--?(\w+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) return;
    if (TEXTS[name]) flags.set(TEXTS[name], known(inline ?? args[i + 1] ?? ''));
    else if (name === 'serverPort') flags.set('serverPort', Number(inline ?? args[i + 1]));
    else if (SWITCHES[name] && inline !== 'false') flags.set(SWITCHES[name], true);
  });
  return flags;
}

/** Puts flags over what is in the file, as SPIRE does. The port is that of the server, or the one an agent calls. */
export function applyFlags(block: Block, flags: Flags, port: 'bind_port' | 'server_port'): void {
  for (const [name, value] of flags) {
    const key = name === 'serverPort' ? port : name;
    if (value !== '' && value !== 0 && !Number.isNaN(value)) block.keep(key, value, block.at(key));
  }
}

/** The arguments of a container with the variables that Kubernetes puts in, as far as their values are written in the manifest. */
export function withVariables(args: readonly string[], environment: Environment | undefined): string[] {
  return args.map(arg => arg.replace(/\$?\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name: string) => (whole.startsWith('$$') ? whole : environment?.get(name) ?? whole)));
}

/** A program of SPIRE that reads flags in the way of Go. */
export type FlagProgram = 'server' | 'agent' | 'oidc';

const PROGRAM_NAMES: Record<FlagProgram, string> = { server: 'spire-server run', agent: 'spire-agent run', oidc: 'oidc-discovery-provider' };

/** A flag of a program of SPIRE, and whether it takes a value. */
const COMMON_FLAGS: Record<string, boolean> = {
  config: true,
  dataDir: true,
  logFile: true,
  logFormat: true,
  logLevel: true,
  logSourceLocation: false,
  serverPort: true,
  socketPath: true,
  trustDomain: true,
  expandEnv: false,
};
const FLAGS_OF: Record<FlagProgram, Record<string, boolean>> = {
  oidc: { config: true, expandEnv: false, version: false },
  server: { ...COMMON_FLAGS, bindAddress: true },
  agent: {
    ...COMMON_FLAGS,
    allowUnauthenticatedVerifiers: false,
    disableSDSAPI: false,
    disableWorkloadAPI: false,
    insecureBootstrap: false,
    joinToken: true,
    joinTokenFile: true,
    rebootstrapDelay: true,
    rebootstrapMode: true,
    serverAddress: true,
    trustBundle: true,
    trustBundleFormat: true,
    trustBundleUrl: true,
  },
};

/** What is wrong with the arguments after `run`, and at which of them; Go reads flags up to the first argument that is none. */
export function flagFault(program: FlagProgram, args: readonly string[]): { at: number; message: string } | undefined {
  const takesValue = FLAGS_OF[program];
  for (let i = 0; i < args.length; i++) {
    const [, name, inline] = /^--?([^=-][^=]*)(=.*)?$/s.exec(args[i]) ?? [];
    if (args[i] === '--') return undefined;
    if (name === undefined) return args.slice(i + 1).some(arg => arg.startsWith('-')) ? { at: i, message: `what follows "${args[i]}" is not read as flags` } : undefined;
    if (name === 'h' || name === 'help') return undefined;
    if (takesValue[name] === undefined) return { at: i, message: `${PROGRAM_NAMES[program]} has no flag -${name}` };
    if (takesValue[name] && inline === undefined) i++;
  }
  return undefined;
}

/** A value with a variable is known to the running container only. */
function known(value: string): string {
  return /\$\(/.test(value) ? '\uE000' : value;
}

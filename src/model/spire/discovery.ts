import { Container, Workload } from '../kubernetes/workload';
import { asObjects, asText } from '../manifest';
import { Text } from '../text';
import { AgentConfig, readAgentConfig } from './agent';
import { Environment, expandEnv } from './expand-env';
import { flagsOf } from './flags';
import { OidcConfig, readOidcConfig } from './oidc';
import { Problems } from './problems';
import { ServerConfig, readServerConfig } from './server';

export type ConfigKind = 'server' | 'agent' | 'oidc';

/** A configuration of one of SPIRE's programs, and who runs it as far as the input shows. */
export interface Program<Config> {
  readonly kind: ConfigKind;
  readonly text: Text;
  readonly config?: Config;
  readonly problems: Problems;
  readonly workload?: Workload;
  readonly container?: Container;
  /** Whether `-expandEnv` is given; undefined where nobody is seen to run it. */
  readonly expands?: boolean;
  readonly environment?: Environment;
}

export type Server = Program<ServerConfig>;
export type Agent = Program<AgentConfig>;
export type Oidc = Program<OidcConfig>;

const SECTION = (name: string): RegExp => new RegExp(`^[\\s{]*"?${name}"?\\s*[=:]?\\s*\\[?\\s*\\{`, 'm');
const SERVER = SECTION('server');
const AGENT = SECTION('agent');

const PLUGINS = SECTION('plugins');

/** Which program a configuration without its main section is for, as far as its plugins tell. */
export function kindByPlugins(text: string): ConfigKind | undefined {
  if (!PLUGINS.test(text) || SERVER.test(text) || AGENT.test(text)) return undefined;
  return /\bDataStore\b/.test(text) ? 'server' : /\bWorkloadAttestor\b/.test(text) ? 'agent' : undefined;
}

/** Which program a text is for; undefined where it is none of SPIRE's. */
export function configKind(text: string): ConfigKind | undefined {
  // Tornjak's configuration looks like SPIRE's and has other keys.
  if (text.includes('spire_socket_path')) return undefined;
  const spire = /trust_domain|plugin_data|NodeAttestor|KeyManager|DataStore/.test(text);
  if (spire && SERVER.test(text) && !/\blisten\s+\d+/.test(text)) return 'server';
  if (spire && AGENT.test(text)) return 'agent';
  const oidc = /"?domains"?\s*[=:]\s*\[/.test(text) && /server_api|workload_api|listen_socket_path|insecure_addr|serving_cert_file|\bacme"?\s*[{=:]/.test(text);
  return oidc ? 'oidc' : undefined;
}

const NAMES: Record<ConfigKind, RegExp> = { server: /spire-server/, agent: /spire-agent/, oidc: /oidc/ };

/** Reads a configuration the way the container that mounts it does, out of the workloads of its namespace. */
export function readProgram(kind: ConfigKind, text: Text, neighbours: Workload[]): Server | Agent | Oidc {
  const workload = text.manifest && neighbours.find(candidate => mounts(candidate, text));
  const container = workload && containerOf(workload, NAMES[kind]);
  const expands = container && Workload.args(container).some(arg => /^--?(expandEnv|expand-env)(=true)?$/.test(arg));
  const environment = container && environmentOf(container);
  const problems = new Problems();
  const uncertain = expands === undefined && /\$[{A-Za-z_]/.test(text.text);
  const expanded = expands || uncertain ? expandEnv(text.text, environment ?? ANYTHING) : text.text;
  const flags = flagsOf(container ? Workload.args(container) : []);
  const config = kind === 'server' ? readServerConfig(expanded, problems, flags)
    : kind === 'agent' ? readAgentConfig(expanded, problems, flags) : readOidcConfig(expanded, problems);
  return { kind, text, config, problems, workload, container, expands, environment } as Server | Agent | Oidc;
}

function mounts(workload: Workload, text: Text): boolean {
  const manifest = text.manifest!;
  return workload.volumes.some(volume =>
    volume.configMap?.name === manifest.name || volume.secret?.secretName === manifest.name
    || asObjects(volume.projected?.sources).some(source => source.configMap?.name === manifest.name));
}

function containerOf(workload: Workload, name: RegExp): Container | undefined {
  const mains = workload.containers.filter(container => !container.init);
  return mains.find(container => name.test(container.image) || name.test(container.name)) ?? mains[0];
}

/** Every name is there, no value is known. */
const ANYTHING = { has: () => true, get: () => undefined } as unknown as Environment;

function environmentOf(container: Container): Environment {
  if (asObjects(container.value.envFrom).length > 0) return ANYTHING;
  return new Map(asObjects(container.value.env).map(env => [asText(env.name), env.valueFrom ? undefined : asText(env.value)]));
}

import { Container, Workload } from '../kubernetes/workload';
import { asObjects } from '../manifest';
import { Text } from '../text';
import { AgentConfig, readAgentConfig } from './agent';
import { ANYTHING, Find, NAMED, environmentOf } from './environment';
import { Environment, expandEnv } from './expand-env';
import { flagsOf, withVariables } from './flags';
import { HelperConfig, readHelperConfig } from './helper';
import { ConfigKind } from './mounted-configs';
import { OidcConfig, readOidcConfig } from './oidc';
import { Problems } from './problems';
import { ServerConfig, readServerConfig } from './server';
import { HclError, parseHcl, textOf } from '../../formats/hcl/reader';

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
export type Helper = Program<HelperConfig>;

const SECTION = (name: string): RegExp => new RegExp(`(?:^[ \\t{]*|[{,]\\s*)"?${name}"?\\s*[=:]?\\s*\\[?\\s*\\{`, 'im');
const SERVER = SECTION('server');
const AGENT = SECTION('agent');
const PLUGINS = SECTION('plugins');

/** Which program a configuration without its main section is for, as far as its plugins tell. */
export function kindByPlugins(text: string): ConfigKind | undefined {
  if (!PLUGINS.test(text) || SERVER.test(text) || AGENT.test(text)) return undefined;
  return /\bDataStore\b/.test(text) ? 'server' : /\bWorkloadAttestor\b/.test(text) ? 'agent' : undefined;
}

/** Which program a text is for; undefined where it is none of SPIRE's. */
export function configKind(text: string, file = ''): ConfigKind | undefined {
  // Tornjak's configuration looks like SPIRE's and has other keys.
  // and so does Galadriel's, which has providers for plugins
  if (text.includes('spire_socket_path') || /^providers\s*\{/m.test(text)) return undefined;
  if (/trust_domain|plugin_data|NodeAttestor|KeyManager|DataStore/.test(text)) {
    const kind = /\blisten\s+\d+/.test(text) ? undefined : kindBySections(text) ?? FILE_NAME.exec(file)?.[1];
    if (kind) return kind as ConfigKind;
  }
  const oidc = (/"?domains"?\s*[=:]\s*\[/.test(text) || OIDC_FILE_NAME.test(file)) && /server_api|workload_api|listen_socket_path|insecure_addr|serving_cert_file|\bacme"?\s*[{=:]/.test(text);
  return oidc ? 'oidc' : HELPER.test(text) || HELPER_FILE_NAME.test(file) && HELPER_KEY.test(text) ? 'helper' : undefined;
}

/** What only spiffe-helper is told, in HCL or in JSON; what it was told before version 0.9 as well. */
const HELPER = /^[ \t]*"?(svid_(key_|bundle_)?file_name|jwt_bundle_file_name|jwt_svids|svid(Key|Bundle)?FileName)"?\s*=|"(svid_file_name|jwt_bundle_file_name|jwt_svids)"\s*:/m;
/** The same where it may stand behind other settings of its line. */
const HELPER_KEY = /\b(svid_(key_|bundle_)?file_name|jwt_bundle_file_name|jwt_svids)"?\s*=/;

/** What people call the files. */
const FILE_NAME = /(?:^|\/)(?:spire-)?(server|agent)\.(?:conf|hcl|json)$/;

const HELPER_FILE_NAME = /(?:^|\/)(?:spiffe-)?helper\.(?:conf|hcl)$/;
const OIDC_FILE_NAME = /(?:^|\/)(?:spire-)?oidc-discovery-provider\.(?:conf|hcl|json)$/;

function kindBySections(text: string): ConfigKind | undefined {
  const keys = keysOfJson(text);
  if (!keys && SERVER.test(text)) return 'server';
  if (!keys && AGENT.test(text)) return 'agent';
  const names = keys ?? topLevelKeys(text);
  return names.includes('server') ? 'server' : names.includes('agent') ? 'agent' : undefined;
}

/** The names at the top of JSON: what has servers and agents further down is something else. */
function keysOfJson(text: string): string[] | undefined {
  if (!/^\s*\{\s*"/.test(text)) return undefined;
  try {
    return Object.keys(JSON.parse(text)).map(key => key.toLowerCase());
  } catch {
    return undefined;
  }
}

/** A section that holds no block is one nevertheless: the program says so, and stops. */
function topLevelKeys(text: string): string[] {
  try {
    return parseHcl(text).items.filter(item => item.keys.length > 0).map(item => textOf(item.keys[0].token).toLowerCase());
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return [];
  }
}

const NAMES: Record<ConfigKind, RegExp> = { server: /spire-server/, agent: /spire-agent/, oidc: /oidc/, helper: /spiffe-helper/ };

/** Reads a configuration the way the container that mounts it does, out of the workloads of its namespace. */
export function readProgram(kind: ConfigKind, text: Text, neighbours: Workload[], find: Find): Server | Agent | Oidc | Helper {
  const workload = text.manifest && readerOf(kind, neighbours.filter(candidate => mounts(candidate, text)));
  const container = workload && containerOf(workload, NAMES[kind]);
  const expands = container && container.words.some(word => /^--?(expandEnv|expand-env)(=(true|TRUE|True|t|T|1))?$/.test(word));
  const environment = container && environmentOf(container, workload!.namespace, find);
  const problems = new Problems();
  const uncertain = kind !== 'helper' && expands === undefined && /\$[{A-Za-z_]/.test(text.text);
  const expanded = expands || uncertain ? expandEnv(text.text, environment ?? ANYTHING) : text.text;
  const flags = flagsOf(container ? withVariables(container.words, environment) : []);
  const read = (source: string, into: Problems) => (kind === 'server' ? readServerConfig(source, into, flags, environment)
    : kind === 'agent' ? readAgentConfig(source, into, flags) : kind === 'oidc' ? readOidcConfig(source, into) : readHelperConfig(source, into));
  const config = read(expanded, problems);
  if (uncertain && !problems.refused) {
    const [plain, named] = [new Problems(), new Problems()];
    read(text.text, plain);
    read(expandEnv(text.text, NAMED), named);
    // refused with -expandEnv and without
    if (plain.refused && named.refused) problems.list.push(...named.list.filter(({ severity }) => severity === 'refused'));
  }
  return { kind, text, config, problems, workload, container, expands, environment } as Server | Agent | Oidc | Helper;
}

/** One ConfigMap may hold the files of several programs, and be mounted by each of them. */
function readerOf(kind: ConfigKind, candidates: readonly Workload[]): Workload | undefined {
  return candidates.find(({ containers }) => containers.some(({ image }) => NAMES[kind].test(image))) ?? candidates[0];
}

function mounts(workload: Workload, text: Text): boolean {
  const { kind, name } = text.manifest!;
  const isIt = (configMap: unknown, secret: unknown): boolean => (kind === 'Secret' ? secret : configMap) === name;
  return workload.volumes.some(volume => isIt(volume.configMap?.name, volume.secret?.secretName)
    || asObjects(volume.projected?.sources).some(source => isIt(source.configMap?.name, source.secret?.name)));
}

function containerOf(workload: Workload, name: RegExp): Container | undefined {
  const running = workload.containers.filter(({ init }) => !init);
  return running.find(container => name.test(container.image) || name.test(container.name))
    // of the pod that waits for it for ever
    ?? workload.containers.find(container => name.test(container.image)) ?? running.find(({ value }) => value.restartPolicy !== 'Always');
}

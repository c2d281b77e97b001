import { HclError, Item, Literal, ObjectList, Position, Value, parseHcl, textOf } from '../../formats/hcl/reader';
import { isFilledIn } from '../filled-in';

/** Something that Vault Agent does not take, and the line of its configuration. */
export interface AgentProblem {
  readonly line: number;
  readonly message: string;
}

const AUTO_AUTH = /^[ \t]*auto_auth\s*=?\s*\{|"auto_auth"\s*:\s*[[{]/m;
const METHODS = ['alicloud', 'approle', 'aws', 'azure', 'cert', 'cf', 'gcp', 'jwt', 'kerberos', 'kubernetes', 'ldap', 'oci', 'pcf', 'token_file'];
const NEEDS: Record<string, readonly string[]> = { jwt: ['path', 'role'], kubernetes: ['role'], approle: ['role_id_file_path'], token_file: ['token_file_path'] };

/** The token that Vault Agent logs in with, and as whom. */
export interface JwtLogin {
  readonly line: number;
  /** The file of the token. */
  readonly path: string;
  readonly role: string;
  /** Where the method is, such as auth/jwt. */
  readonly mount: string;
}

/** Whether a text is a configuration of Vault Agent that logs in, in HCL or JSON. */
export function isAgentConfig(text: string): boolean {
  return text.includes('auto_auth') && AUTO_AUTH.test(text) && /\b(method|sink)\b/.test(text);
}

/** Why Vault Agent does not start with a configuration, or never logs in. */
export function agentProblems(text: string): AgentProblem[] {
  let root: ObjectList;
  try {
    root = parseHcl(text);
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    // written by a template that is not rendered yet
    return /\{\{|\$\{/.test(text) ? [] : [{ line: Math.max(error.position.line, 1), message: error.message }];
  }
  const [auth, ...more] = named(root, 'auto_auth');
  if (!auth) return [];
  const list = objectOf(auth.value);
  if (more.length > 0) return [at(more[0].position, 'there is more than one auto_auth')];
  const methods = named(list, 'method');
  // in JSON a name with one key in it is read as a name of two words
  if (methods.length === 0 && (auth.keys.length > 1 || /^\s*[{[]/.test(text))) return [];
  if (methods.length !== 1) return [at(auth.position, methods.length === 0 ? 'auto_auth has no method' : 'auto_auth has more than one method')];
  const uses = named(list, 'sink').length + ['template', 'env_template', 'api_proxy', 'cache'].reduce((sum, name) => sum + named(root, name).length, 0);
  const unused = uses === 0 ? [at(auth.position, 'auto_auth has no sink, and nothing else uses the token: no template and no api_proxy')] : [];
  return [...unused, ...methodProblems(methods[0])];
}

function methodProblems(method: Item): AgentProblem[] {
  const list = objectOf(method.value);
  const type = literal(list, 'type') || (method.keys[1] ? textOf(method.keys[1].token).toLowerCase() : '');
  if (isFilledIn(type)) return [];
  if (!METHODS.includes(type)) return [at(method.position, `method "${type}" is unknown: ${METHODS.join(', ')}`)];
  const mount = literal(list, 'mount_path');
  const wrong = mount !== undefined && mount !== '' && !isFilledIn(mount) && !/^\/?auth\//.test(mount)
    ? [at(named(list, 'mount_path')[0].position, `mount_path "${mount}" is no path of a login: write "auth/${mount.replace(/^\//, '')}"`)] : [];
  const [config] = named(list, 'config');
  const settings = config ? objectOf(config.value) : new ObjectList();
  const missing = (NEEDS[type] ?? []).filter(name => (literal(settings, name) ?? '') === '').map(name => at((config ?? method).position, `method "${type}" has no ${name} in its config`));
  return [...wrong, ...missing];
}

/** How a configuration logs in with a JWT; undefined where it does not, or does not say it all. */
export function jwtLogin(text: string): JwtLogin | undefined {
  let root: ObjectList;
  try {
    root = parseHcl(text);
  } catch {
    return undefined;
  }
  const [method] = named(root, 'auto_auth').flatMap(({ value }) => named(objectOf(value), 'method'));
  const list = method ? objectOf(method.value) : new ObjectList();
  const type = method && (literal(list, 'type') || (method.keys[1] ? textOf(method.keys[1].token).toLowerCase() : ''));
  const [config] = named(list, 'config');
  const settings = config ? objectOf(config.value) : new ObjectList();
  const [path] = named(settings, 'path');
  if (type !== 'jwt' || !path) return undefined;
  const mount = (literal(list, 'mount_path') ?? '').replace(/^\/|\/$/g, '') || 'auth/jwt';
  return { line: Math.max(path.position.line, 1), path: literal(settings, 'path') ?? '', role: literal(settings, 'role') ?? '', mount };
}

/** The items of a name, whose labels are left as they are. */
function named(list: ObjectList, name: string): Item[] {
  return list.items.filter(({ keys }) => keys.length > 0 && textOf(keys[0].token) === name);
}

function objectOf(value: Value): ObjectList {
  return value.kind === 'object' ? value.list : new ObjectList();
}

function literal(list: ObjectList, name: string): string | undefined {
  const [item] = named(list, name);
  return item?.value.kind === 'literal' ? textOf((item.value as Literal).token) : undefined;
}

function at({ line }: Position, message: string): AgentProblem {
  return { line: Math.max(line, 1), message };
}

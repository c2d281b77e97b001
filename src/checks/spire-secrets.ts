import { Block } from '../formats/hcl/reader';
import { Agent, Server } from '../model/spire/discovery';

/** A secret that stands in a configuration as it is. */
export interface WrittenSecret {
  readonly line: number;
  readonly message: string;
}

/** The secrets in the configuration of a server or an agent. */
export function writtenSecrets(program: Server | Agent): WrittenSecret[] {
  const found = (program.config?.plugins ?? []).flatMap(({ type, name, config }) =>
    secretsOf(config).map(([block, key]) => ({ line: block.at(key).line, message: `${type} "${name}" has a secret in ${key}` })));
  const agent = program.config?.kind === 'agent' ? program.config.agent : undefined;
  if (agent && plain(agent.text('join_token'))) found.push({ line: agent.at('join_token').line, message: 'join_token is written into the configuration' });
  return found;
}

const KEYS = ['secret_access_key', 'app_secret', 'storage_account_key', 'approle_secret_id', 'token', 'secret_token', 'devid_password'];

function secretsOf(config: Block): [Block, string][] {
  const blocks = [config, ...['token_auth', 'approle_auth'].map(name => config.block(name)).filter(block => block instanceof Block)];
  const found = blocks.flatMap(block => KEYS.filter(key => typeof block.value(key) === 'string' && plain(block.text(key))).map(key => [block, key] as [Block, string]));
  const dsn = typeof config.value('connection_string') === 'string' ? config.text('connection_string') : '';
  if (hasPassword(dsn)) found.push([config, 'connection_string']);
  return found;
}

/** Whether the address of a database has a password in it; what follows an empty one is the next key. */
export function hasPassword(dsn: string): boolean {
  const password = /(?:^|\s)password\s*=\s*'?(?![a-z_]+=)([^'\s]+)|^[a-z]+:\/\/[^:/@]+:([^@]+)@|^[^:/@]+:([^@]+)@(?:tcp|unix)?\(/.exec(dsn);
  return password !== null && plain(password[1] ?? password[2] ?? password[3]);
}

/** Whether a value is there, and is no variable or placeholder. */
function plain(value: string): boolean {
  return value !== '' && !value.includes('\uE000') && !value.includes('$') && !/^__\w+__$/.test(value);
}

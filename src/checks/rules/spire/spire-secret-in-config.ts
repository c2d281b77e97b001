import { Block } from '../../../formats/hcl/reader';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSecretInConfig: Rule = {
  id: 'SPIRE-SECRET-IN-CONFIG',
  level: Level.ERROR,
  title: 'a secret is written into a ConfigMap or a custom resource',
  why: 'everybody who may read them has it, and it stands in Git',
  fix: 'put it into a Secret, and write ${NAME} with -expandEnv, or give a path',
  source: 'doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      if (program.text.manifest?.kind === 'Secret') continue;
      for (const plugin of program.config?.plugins ?? []) {
        for (const [block, key] of secretsOf(plugin.config)) report.in(program.text, block.at(key).line, `${plugin.type} "${plugin.name}" has a secret in ${key}`);
      }
      const agent = program.config?.kind === 'agent' ? program.config.agent : undefined;
      if (agent && plain(agent.text('join_token'))) report.in(program.text, agent.at('join_token').line, 'join_token is written into the configuration');
    }
    for (const server of system.all('SpireServer').filter(({ group }) => group === 'operator.openshift.io')) {
      if (hasPassword(asText(asObject(server.spec.datastore).connectionString))) report.at(server, ['spec', 'datastore', 'connectionString'], 'the connection string holds a password', 'let the database know the server by a client certificate (tlsSecretName), or by the role of its cloud');
    }
  },
};

const KEYS = ['secret_access_key', 'app_secret', 'storage_account_key', 'approle_secret_id', 'token', 'secret_token', 'devid_password'];

function secretsOf(config: Block): [Block, string][] {
  const blocks = [config, ...['token_auth', 'approle_auth'].map(name => config.block(name)).filter(block => block instanceof Block)];
  const found = blocks.flatMap(block => KEYS.filter(key => typeof block.value(key) === 'string' && plain(block.text(key))).map(key => [block, key] as [Block, string]));
  const dsn = typeof config.value('connection_string') === 'string' ? config.text('connection_string') : '';
  if (hasPassword(dsn)) found.push([config, 'connection_string']);
  return found;
}

function hasPassword(dsn: string): boolean {
  const password = /(?:^|\s)password\s*=\s*'?([^'\s]+)|^[a-z]+:\/\/[^:/@]+:([^@]+)@|^[^:/@]+:([^@]+)@(?:tcp|unix)?\(/.exec(dsn);
  return password !== null && plain(password[1] ?? password[2] ?? password[3]);
}

/** Whether a value is there and is no variable. */
function plain(value: string): boolean {
  return value !== '' && !value.includes('\uE000') && !value.includes('$');
}

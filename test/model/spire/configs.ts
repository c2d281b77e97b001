import { readAgentConfig } from '../../../src/model/spire/agent';
import { Environment } from '../../../src/model/spire/expand-env';
import { Problems } from '../../../src/model/spire/problems';
import { readServerConfig } from '../../../src/model/spire/server';

/** What a server refuses, its settings and plugins being right but for these. */
export function serverRefuses({ server = '', plugins = '', rest = '', environment }: { server?: string; plugins?: string; rest?: string; environment?: Environment }): string[] {
  const problems = new Problems();
  const manager = /^\s*KeyManager/m.test(plugins) ? '' : 'KeyManager "memory" { plugin_data {} }';
  const store = /^\s*DataStore/m.test(plugins) ? '' : 'DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/run/db" } }';
  readServerConfig(`server { trust_domain = "example.org" data_dir = "/run" ${server} }\nplugins {\n${store}\n${manager}\n${plugins} }\n${rest}`, problems, undefined, environment);
  return refused(problems);
}

/** What an agent refuses, its settings and plugins being right but for these. */
export function agentRefuses({ agent = '', attestor = 'WorkloadAttestor "unix" { plugin_data {} }', rest = '' }: { agent?: string; attestor?: string; rest?: string }): string[] {
  const problems = new Problems();
  readAgentConfig(`agent { trust_domain = "example.org" server_address = "spire" server_port = 8081 insecure_bootstrap = true ${agent} }
plugins { KeyManager "memory" { plugin_data {} } NodeAttestor "join_token" { plugin_data {} } ${attestor} }\n${rest}`, problems);
  return refused(problems);
}

function refused(problems: Problems): string[] {
  return problems.list.filter(({ severity }) => severity === 'refused').map(({ message }) => message);
}

import { databaseType, isUnknown, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireDbTls: Rule = {
  id: 'SPIRE-DB-TLS',
  level: Level.WARNING,
  title: 'the connection to the database does not verify the server',
  why: 'sslmode=require encrypts and believes every certificate; who sits between can change entries',
  fix: 'write sslmode=verify-full with sslrootcert',
  source: 'doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const config = pluginsOf(server, 'DataStore')[0]?.config;
      const dsn = config?.text('connection_string') ?? '';
      if (!config || databaseType(server) !== 'postgres' || isUnknown(dsn) || dsn.includes('$') || /host=\/|host=(localhost|127\.)/.test(dsn)) continue;
      const mode = /sslmode=([a-z-]+)/.exec(dsn)?.[1] ?? 'require';
      if (!mode.startsWith('verify-')) report.in(server.text, config.at('connection_string').line, `sslmode is ${mode}`);
    }
  },
};

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
      if (!config || databaseType(server) !== 'postgres' || /host=\/|host=(localhost|127\.)/.test(dsn)) continue;
      const written = /sslmode=([a-z-]+)/.exec(dsn)?.[1];
      // a password out of the environment hides nothing, anything else there may be how to connect
      if (written === undefined && (isUnknown(withoutPassword(dsn)) || withoutPassword(dsn).includes('$'))) continue;
      const mode = written ?? 'require';
      if (!mode.startsWith('verify-')) report.in(server.text, config.at('connection_string').line, `sslmode is ${mode}`);
    }
  },
};

function withoutPassword(dsn: string): string {
  return dsn.replace(/\bpassword\s*=\s*\S+/, '').replace(/:[^:/@]*@/, '@');
}

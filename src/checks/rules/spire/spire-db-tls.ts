import { asObject, asText } from '../../../model/manifest';
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
    for (const values of system.spireValues) {
      const sql = asObject(asObject(asObject(values.value['spire-server']).dataStore).sql);
      const mode = /sslmode"?[:=]\s*"?([a-z-]+)/.exec(JSON.stringify(sql.options ?? []))?.[1];
      const isNear = /^(localhost|127\.|\/)/.test(asText(sql.host));
      if (asText(sql.databaseType) === 'postgres' && mode !== undefined && !mode.startsWith('verify-') && !isNear) report.at(values, ['spire-server', 'dataStore', 'sql', 'options'], `sslmode is ${mode}`);
    }
    for (const server of system.servers) {
      const config = pluginsOf(server, 'DataStore')[0]?.config;
      for (const key of config && databaseType(server) === 'postgres' ? ['connection_string', 'ro_connection_string'] : []) {
        const mode = modeOf(config!.text(key));
        if (mode !== undefined && !mode.startsWith('verify-')) report.in(server.text, config!.at(key).line, `sslmode is ${mode}`);
      }
    }
  },
};

/** How the server of a connection string is verified; undefined where it is near, or cannot be told. */
function modeOf(dsn: string): string | undefined {
  if (dsn === '' || /host=\/|host=(localhost|127\.)/.test(dsn)) return undefined;
  const written = /sslmode=([a-z-]+)/.exec(dsn)?.[1];
  // names and passwords out of the environment hide nothing, anything else there may be how to connect
  const rest = withoutCredentials(dsn);
  return written ?? (isUnknown(rest) || rest.includes('$') ? undefined : 'require');
}

function withoutCredentials(dsn: string): string {
  return dsn.replace(/\b(user|password)\s*=\s*\S+/g, '').replace(/:[^:/@]*@/, '@');
}

import { Block } from '../../../formats/hcl/reader';
import { Server } from '../../../model/spire/discovery';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireDbReadOnly: Rule = {
  id: 'SPIRE-DB-READ-ONLY',
  level: Level.WARNING,
  title: 'a server writes to a replica of the database, or reads from another database',
  why: 'every server writes attested nodes, entries and its CA: on a read-only replica it does not start',
  fix: 'give the primary in connection_string, and the replica in ro_connection_string',
  source: 'pkg/server/datastore/sqlstore; doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      server.text.text.split('\n').forEach((line, i) => {
        const text = /(?<!ro_)connection_string"?\s*[=:]\s*"(.*)/.exec(line)?.[1] ?? '';
        const host = /(?:host=|@(?:tcp\()?)([\w.-]+)/.exec(text)?.[1] ?? '';
        if (/target_session_attrs=(read-only|standby)/.test(text) || /(^|[.-])(ro|replica|reader|readonly|standby)([.-]|$)|\.cluster-ro-/.test(host)) {
          report.in(server.text, i + 1, `connection_string goes to ${host === '' ? 'a read-only session' : host}`);
        }
      });
      const [own, replica] = ['connection_string', 'ro_connection_string'].map(name => databaseOf(dataStore(server)?.text(name) ?? ''));
      if (own !== undefined && replica !== undefined && own !== replica) report.in(server.text, dataStore(server)!.at('ro_connection_string').line, `ro_connection_string is for the database ${replica}, connection_string for ${own}`, 'name the same database in both');
    }
  },
};

function dataStore(server: Server): Block | undefined {
  return pluginsOf(server, 'DataStore', 'sql')[0]?.config;
}

/** The name of the database of PostgreSQL that a text leads to. */
function databaseOf(text: string): string | undefined {
  return /(?:^|\s)dbname=([\w-]+)(?=\s|$)/.exec(text)?.[1];
}

import { databaseType, isUnknown, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireStateLost: Rule = {
  id: 'SPIRE-STATE-LOST',
  level: Level.WARNING,
  title: 'the server\'s state is in an emptyDir',
  why: 'entries, attested agents and CA keys are gone when the pod is deleted',
  fix: 'use a persistent volume',
  source: 'doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const store = pluginsOf(server, 'DataStore')[0];
      const keys = pluginsOf(server, 'KeyManager', 'disk')[0];
      const files = [...databaseType(server) === 'sqlite3' ? [[store.config, 'connection_string'] as const] : [], ...keys ? [[keys.config, 'keys_path'] as const] : []];
      for (const [config, name] of files) {
        const path = config.text(name).replace(/^file:/, '');
        if (!server.workload || isUnknown(path) || !volumeAt(server, path)?.emptyDir) continue;
        report.in(server.text, config.at(name).line, `${path} is in an emptyDir`);
      }
    }
  },
};

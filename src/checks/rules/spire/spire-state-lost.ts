import { asObject, asText } from '../../../model/manifest';
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
    for (const values of system.spireValues) {
      const { enabled, persistence, dataStore, keyManager, kind, upstreamAuthority } = asObject(values.value['spire-server']);
      if (enabled === false || asText(asObject(persistence).type) !== 'emptyDir' || asText(kind) === 'deployment') continue;
      const isSqlite = ['', 'sqlite3'].includes(asText(asObject(asObject(dataStore).sql).databaseType));
      // a new CA below the same root is trusted as the old one was
      const hasKeys = asObject(asObject(keyManager).disk).enabled !== false && Object.keys(asObject(upstreamAuthority)).length === 0;
      if (isSqlite || hasKeys) report.at(values, ['spire-server', 'persistence', 'type'], `${isSqlite ? 'the datastore is' : 'the keys of the CA are'} in an emptyDir`);
    }
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

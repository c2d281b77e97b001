import { Block } from '../../../formats/hcl/reader';
import { asObject } from '../../../model/manifest';
import { databaseType, isUnknown, mountAt, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireStateOnImage: Rule = {
  id: 'SPIRE-STATE-ON-IMAGE',
  level: Level.WARNING,
  title: 'a program of SPIRE writes where nothing is mounted',
  why: 'the folder is part of the container: it is gone at every restart, or read-only',
  fix: 'mount a volume at the folder',
  source: 'doc/spire_server.md',
  check: (system, report) => {
    for (const server of system.servers) {
      if (!server.container || !server.config) continue;
      const disk = pluginsOf(server, 'KeyManager', 'disk')[0];
      const paths: [Block, string][] = [...disk ? [[disk.config, 'keys_path'] as [Block, string]] : [],
        ...databaseType(server) === 'sqlite3' ? [[pluginsOf(server, 'DataStore')[0].config, 'connection_string'] as [Block, string]] : []];
      for (const [config, name] of paths) {
        const path = config.text(name).replace(/^file:/, '').replace(/\?.*$/, '');
        if (!path.startsWith('/') || isUnknown(path) || mountAt(server, path)) continue;
        const readOnly = asObject(server.container.value.securityContext).readOnlyRootFilesystem === true;
        report.in(server.text, config.at(name).line, `nothing is mounted at ${path}${readOnly ? ', and the root file system is read-only' : ''}`);
      }
    }
  },
};

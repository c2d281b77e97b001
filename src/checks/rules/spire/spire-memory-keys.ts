import { asObject } from '../../../model/manifest';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireMemoryKeys: Rule = {
  id: 'SPIRE-MEMORY-KEYS',
  level: Level.WARNING,
  title: 'the server keeps its CA keys in memory',
  why: 'every restart makes a new CA, and what was signed by the old one is only trusted as long as its root is in the bundles',
  fix: 'use the disk key manager on a persistent volume, or a KMS',
  source: 'doc/plugin_server_keymanager_memory.md',
  check: (system, report) => {
    for (const server of system.servers) {
      // a new CA of the same root is trusted as the old one was
      if (pluginsOf(server, 'UpstreamAuthority').length > 0) continue;
      for (const plugin of pluginsOf(server, 'KeyManager', 'memory')) report.in(server.text, plugin.position.line, 'KeyManager "memory" loses the CA at every restart');
    }
    for (const values of system.spireValues) {
      const { keyManager, upstreamAuthority } = asObject(asObject(values.value)['spire-server']);
      const hasAuthority = Object.values(asObject(upstreamAuthority)).some(authority => asObject(authority).enabled === true);
      if (asObject(asObject(keyManager).memory).enabled !== true || asObject(asObject(keyManager).disk).enabled !== false || hasAuthority) continue;
      report.at(values, ['spire-server', 'keyManager', 'memory'], 'keys in memory lose the CA at every restart');
    }
  },
};

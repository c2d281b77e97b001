import { scriptLine, scriptsOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsKeysBackup: Rule = {
  id: 'OPS-KEYS-BACKUP',
  level: Level.ERROR,
  title: 'a backup takes the CA\'s private keys along',
  why: 'keys.json is the CA: whoever reads the archive can make any identity',
  fix: 'back up the database; lost keys make a new CA, which is published by itself',
  source: 'doc/plugin_server_keymanager_disk.md',
  check: (system, report) => {
    for (const { workload, container } of scriptsOf(system)) {
      const script = container.script;
      const keys = /keys\.json|\btar\b[^\n]*?(\/var\/lib\/spire|\/run\/spire\/data|spire-server)/.test(script);
      if (keys && /\b(aws s3|gsutil|az storage|tar |cp |rsync|rclone)/.test(script)) report.on(workload.manifest, scriptLine(workload, container, /keys\.json|\btar\b/), 'the archive holds the server\'s data directory with its keys');
    }
  },
};

import { replicasOf } from '../../../model/kubernetes/replicas';
import { asText } from '../../../model/manifest';
import { isClaimed, isUnknown, mountAt, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSharedKeys: Rule = {
  id: 'SPIRE-SHARED-KEYS',
  level: Level.ERROR,
  title: 'several servers write their keys into one file',
  why: 'each server has its own keys: they overwrite those of each other, and sign with keys that are in no bundle',
  fix: 'use a StatefulSet with volumeClaimTemplates, or keys in a KMS',
  source: 'doc/plugin_server_keymanager_disk.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const disk = pluginsOf(server, 'KeyManager', 'disk')[0]?.config;
      const { workload } = server;
      const replicas = workload ? replicasOf(system, workload) : 1;
      if (!disk || !workload || replicas < 2 || isUnknown(disk.text('keys_path'))) continue;
      const path = disk.text('keys_path');
      const volume = volumeAt(server, path);
      const shared = volume?.persistentVolumeClaim !== undefined && !isClaimed(workload, asText(volume.name));
      if (shared && mountAt(server, path)?.subPathExpr === undefined) report.in(server.text, disk.at('keys_path').line, `${replicas} replicas share ${path}`);
    }
  },
};

import { replicasOf } from '../../../model/kubernetes/replicas';
import { asText } from '../../../model/manifest';
import { isClaimed, isUnknown, mountAt, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSharedKeys: Rule = {
  id: 'SPIRE-SHARED-KEYS',
  level: Level.ERROR,
  title: 'several servers keep their keys in one place',
  why: 'each server has its own keys: they overwrite those of each other, and sign with keys that are in no bundle',
  fix: 'use a StatefulSet with volumeClaimTemplates, or keys in a KMS with an identifier for each server',
  source: 'doc/plugin_server_keymanager_disk.md; doc/plugin_server_keymanager_aws_kms.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const { workload: pods } = server;
      const kms = pluginsOf(server, 'KeyManager').find(({ config }) => config.text('key_identifier_value') !== '')?.config;
      const count = pods && kms ? replicasOf(system, pods) : 1;
      if (kms && count > 1 && !isUnknown(kms.text('key_identifier_value'))) {
        report.in(server.text, kms.at('key_identifier_value').line, `${count} replicas have the key_identifier_value "${kms.text('key_identifier_value')}"`, 'use key_identifier_file on a volume of each replica, or the name of the pod out of its environment');
      }
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

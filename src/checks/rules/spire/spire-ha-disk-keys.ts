import { replicasOf } from '../../../model/kubernetes/replicas';
import { asText } from '../../../model/manifest';
import { isClaimed, isUnknown, mountAt, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireHaDiskKeys: Rule = {
  id: 'SPIRE-HA-DISK-KEYS',
  level: Level.ERROR,
  title: 'several replicas of the server share one key file',
  why: 'each server has its own CA keys; replicas that write one keys.json destroy each other\'s',
  fix: 'use a StatefulSet with volumeClaimTemplates, or a KMS with an identifier for each replica',
  source: 'doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const plugin = pluginsOf(server, 'KeyManager', 'disk')[0];
      const path = plugin?.config.text('keys_path') ?? '';
      const replicas = server.workload ? replicasOf(system, server.workload) : 1;
      if (!server.workload || replicas <= 1 || path === '' || isUnknown(path)) continue;
      const mount = mountAt(server, path);
      const volume = mount && server.workload.volume(asText(mount.name));
      if (mount && isClaimed(server.workload, asText(mount.name)) || volume?.emptyDir !== undefined || !mount) continue;
      report.at(server.workload.manifest, ['spec', 'replicas'], `${replicas} replicas keep their keys in ${path} on one volume`);
    }
  },
};

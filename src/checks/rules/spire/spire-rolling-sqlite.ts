import { asObject, asText } from '../../../model/manifest';
import { databaseType } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireRollingSqlite: Rule = {
  id: 'SPIRE-ROLLING-SQLITE',
  level: Level.WARNING,
  title: 'a roll-out starts a second server beside the one that has the database file open',
  why: 'a Deployment makes the new pod before it ends the old one: two servers write one sqlite file and its keys, or the new one waits for the disk for ever',
  fix: 'use a StatefulSet, or strategy: {type: Recreate}',
  source: 'Kubernetes: Deployment strategy; doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const { workload } = server;
      if (workload?.manifest.kind !== 'Deployment' || databaseType(server) !== 'sqlite3') continue;
      const { type, rollingUpdate } = asObject(workload.manifest.spec.strategy);
      const isStopped = asText(type) === 'Recreate' || /^0%?$/.test(asText(asObject(rollingUpdate).maxSurge));
      const isKept = workload.volumes.some(({ persistentVolumeClaim, hostPath }) => persistentVolumeClaim || /data/.test(asText(asObject(hostPath).path)));
      if (!isStopped && isKept) report.at(workload.manifest, ['spec', 'strategy'], `${workload.name} is a Deployment with RollingUpdate, and keeps sqlite3 on a disk`);
    }
  },
};

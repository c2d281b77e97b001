import { replicasOf } from '../../../model/kubernetes/replicas';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSharedDisk: Rule = {
  id: 'OPS-SHARED-DISK',
  level: Level.WARNING,
  title: 'several pods mount a disk that one node takes',
  why: 'with ReadWriteOnce pods of a second node wait in ContainerCreating, with ReadWriteOncePod every second pod waits',
  fix: 'use a StatefulSet with volumeClaimTemplates, or one replica',
  source: 'Kubernetes: access modes of PersistentVolumes',
  check: (system, report) => {
    for (const workload of system.workloads.filter(({ manifest }) => ['Deployment', 'StatefulSet'].includes(manifest.kind))) {
      workload.volumes.forEach((volume, i) => {
        const claim = system.find('PersistentVolumeClaim', workload.namespace, asText(asObject(volume.persistentVolumeClaim).claimName));
        const modes = asTexts(claim?.spec.accessModes);
        const replicas = modes.length === 0 || modes.some(mode => /Many$/.test(mode)) ? 1 : replicasOf(system, workload);
        if (replicas > 1) report.at(workload.manifest, workload.at('spec', 'volumes', i), `${replicas} pods mount PersistentVolumeClaim ${claim!.name}, which is ${modes.join(', ')}`);
      });
    }
  },
};

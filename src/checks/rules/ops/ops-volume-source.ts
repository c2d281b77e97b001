import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVolumeSource: Rule = {
  id: 'OPS-VOLUME-SOURCE',
  level: Level.ERROR,
  title: 'a volume has no source, or fields of a mount',
  why: 'the API server refuses the field; where it is dropped, the volume is an empty folder',
  fix: 'give the volume a source, and mountPath to the container',
  source: 'helm-charts-hardened 0.30.0',
  check: (system, report) => {
    for (const workload of system.workloads) {
      workload.volumes.forEach((volume, i) => {
        const wrong = FIELDS_OF_MOUNTS.find(field => volume[field] !== undefined);
        if (wrong) report.at(workload.manifest, workload.at('spec', 'volumes', i, wrong), `volume ${String(volume.name)} has the field ${wrong}`);
      });
    }
  },
};

const FIELDS_OF_MOUNTS = ['mountPath', 'readOnly', 'subPath'];

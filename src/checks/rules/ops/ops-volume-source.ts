import { Container } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVolumeSource: Rule = {
  id: 'OPS-VOLUME-SOURCE',
  level: Level.ERROR,
  title: 'a volume has no source, fields of a mount, or a token that lives too short',
  why: 'the API server refuses the field; where it is dropped, the volume is an empty folder',
  fix: 'give the volume a source, and mountPath to the container',
  source: 'helm-charts-hardened 0.30.0',
  check: (system, report) => {
    for (const workload of system.workloads) {
      workload.volumes.forEach((volume, i) => {
        const wrong = FIELDS_OF_MOUNTS.find(field => volume[field] !== undefined);
        if (wrong) report.at(workload.manifest, workload.at('spec', 'volumes', i, wrong), `volume ${String(volume.name)} has the field ${wrong}`);
        const other = Object.keys(asObject(volume.csi)).find(key => !CSI_FIELDS.includes(key));
        if (other !== undefined) report.at(workload.manifest, workload.at('spec', 'volumes', i, 'csi', other), `csi of volume ${asText(volume.name)} has no field ${other}`, `remove it: a csi volume of a pod has ${CSI_FIELDS.join(', ')}`);
        const seconds = asObjects(volume.projected?.sources).map(({ serviceAccountToken }) => serviceAccountToken?.expirationSeconds).find(one => typeof one === 'number' && one < 600);
        if (seconds !== undefined) report.at(workload.manifest, workload.at('spec', 'volumes', i), `expirationSeconds is ${seconds}, less than 600`, 'set expirationSeconds to 600 or more');
        if (!wrong && hasNoSource(volume) && workload.containers.some(container => readsOnly(container, volume))) {
          report.at(workload.manifest, workload.at('spec', 'volumes', i), `volume ${asText(volume.name)} has no source: it is an empty folder, and a container may only read it`);
        }
      });
    }
  },
};

function hasNoSource(volume: Json): boolean {
  return Object.keys(volume).every(key => key === 'name' || (key !== 'emptyDir' && volume[key] === null));
}

function readsOnly({ value }: Container, { name }: Json): boolean {
  return asObjects(value.volumeMounts).some(mount => mount.name === name && mount.readOnly === true);
}

const CSI_FIELDS = ['driver', 'readOnly', 'fsType', 'volumeAttributes', 'nodePublishSecretRef'];
const FIELDS_OF_MOUNTS = ['mountPath', 'readOnly', 'subPath'];

import { asObject, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiDriver: Rule = {
  id: 'MESH-CSI-DRIVER',
  level: Level.ERROR,
  title: 'a CSIDriver object does not fit the SPIFFE driver',
  why: 'the kubelet does not give the driver what it needs, and mounts fail',
  fix: 'podInfoOnMount: true, volumeLifecycleModes: [Ephemeral]',
  source: 'spiffe-csi deploy',
  check: (system, report) => {
    for (const driver of system.all('CSIDriver')) {
      if (!/spiffe/.test(driver.name)) continue;
      if (driver.spec.podInfoOnMount !== true) report.at(driver, ['spec', 'podInfoOnMount'], 'podInfoOnMount is not true');
      if (!asTexts(driver.spec.volumeLifecycleModes).includes('Ephemeral')) report.at(driver, ['spec', 'volumeLifecycleModes'], 'volumeLifecycleModes has no Ephemeral');
    }
    for (const volume of system.all('PersistentVolume')) {
      const driver = asText(asObject(volume.spec.csi).driver);
      if (/spiffe/.test(driver)) report.at(volume, ['spec', 'csi', 'driver'], `${driver} mounts into single pods only`, 'put csi: {driver, readOnly: true} into the volumes of the pod');
    }
  },
};

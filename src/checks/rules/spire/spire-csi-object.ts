import { csiDrivers } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireCsiObject: Rule = {
  id: 'SPIRE-CSI-OBJECT',
  level: Level.WARNING,
  title: 'the CSI driver is in the input, and its CSIDriver object is not',
  why: 'without it the kubelet mounts no volume of the driver that is written into a pod: "volume mode Ephemeral not supported by driver"',
  fix: 'add the CSIDriver csi.spiffe.io with attachRequired: false, podInfoOnMount: true, volumeLifecycleModes: [Ephemeral]',
  source: 'Kubernetes: CSIDriver volumeLifecycleModes; spiffe-csi deploy',
  check: (system, report) => {
    if (system.all('CSIDriver').length > 0) return;
    const [driver] = csiDrivers(system).filter(({ workload, folder }) => workload.manifest.kind === 'DaemonSet' && folder !== undefined);
    // without agents the rest of SPIRE is elsewhere
    if (driver && system.agents.some(({ workload }) => workload?.manifest.kind === 'DaemonSet')) report.at(driver.workload.manifest, ['metadata', 'name'], `there is no CSIDriver for ${driver.workload.name}`);
  },
};

import { Workload } from '../../../model/kubernetes/workload';
import { csiDrivers } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiPluginName: Rule = {
  id: 'MESH-CSI-PLUGIN-NAME',
  level: Level.ERROR,
  title: 'the CSI driver registers under another name than its CSIDriver object',
  why: 'volumes of the driver are never mounted',
  fix: 'give -plugin-name the name of the CSIDriver object',
  source: 'spiffe-csi cmd/spiffe-csi-driver/main.go',
  check: (system, report) => {
    const objects = system.all('CSIDriver').map(driver => driver.name);
    for (const { workload, container } of objects.length > 0 ? csiDrivers(system) : []) {
      const args = Workload.args(container);
      const at = args.indexOf('-plugin-name');
      const name = args.map(arg => /^--?plugin-name=(.+)$/.exec(arg)?.[1]).find(value => value !== undefined) ?? (at >= 0 ? args[at + 1] : 'csi.spiffe.io');
      if (!objects.includes(name)) report.at(workload.manifest, [...container.path, 'args'], `the driver is ${name}, the CSIDriver objects are ${objects.join(', ')}`);
    }
  },
};

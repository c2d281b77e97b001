import { csiDriverNames, isMissingDriver } from '../../csi-driver-names';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiUnknownDriver: Rule = {
  id: 'MESH-CSI-UNKNOWN-DRIVER',
  level: Level.ERROR,
  title: 'a volume names a SPIFFE driver that is not installed',
  why: 'the pod stays in ContainerCreating',
  fix: 'use the name of the CSIDriver object, in the chart spiffe-csi-driver.pluginName',
  source: 'spire chart, spiffe-csi-driver.pluginName',
  check: (system, report) => {
    const drivers = csiDriverNames(system);
    // A nested server gets the socket of the SPIRE above it from a driver of that SPIRE.
    const servers = new Set(system.servers.map(server => server.workload));
    for (const workload of drivers.length > 0 ? system.workloads.filter(one => !servers.has(one)) : []) {
      workload.volumes.forEach((volume, i) => {
        const name = String(volume.csi?.driver ?? '');
        if (isMissingDriver(system, name)) report.at(workload.manifest, workload.at('spec', 'volumes', i), `driver ${name} is not ${drivers.join(' or ')}`);
      });
    }
  },
};

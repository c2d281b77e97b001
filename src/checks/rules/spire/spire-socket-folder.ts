import { asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { csiDrivers } from '../../../model/spire/csi';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSocketFolder: Rule = {
  id: 'SPIRE-SOCKET-FOLDER',
  level: Level.ERROR,
  title: 'agent and CSI driver use different socket folders',
  why: 'the driver mounts an empty folder into every pod',
  fix: 'make -workload-api-socket-dir the folder of the agent\'s socket_path on the same hostPath',
  source: 'spiffe-csi pkg/driver/driver.go',
  check: (system, report) => {
    for (const driver of csiDrivers(system)) {
      const { folder, volume, hostFolder } = driver;
      if (!/workload-api-socket-dir/.test(driver.container.script) && !driver.container.init) {
        report.at(driver.workload.manifest, driver.container.path, 'the CSI driver has no -workload-api-socket-dir: it stops at once');
      }
      if (folder !== undefined && hostFolder === undefined) {
        report.at(driver.workload.manifest, driver.container.path, volume
          ? `the CSI driver hands out ${folder}, which is in volume ${asText(volume.name)} and in no folder of the node`
          : `the CSI driver hands out ${folder}, and nothing is mounted there`);
      }
      if (hostFolder === undefined) continue;
      const folders = agentsOfNodes(system).flatMap(agent => {
        const path = agent.config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
        const mount = agent.container && mountAt(agent, path);
        const shared = mount && agent.workload!.volume(asText(mount.name));
        if (isUnknown(path) || !shared?.hostPath) return [];
        const inside = path.slice(asText(mount.mountPath).replace(/\/$/, '').length, path.lastIndexOf('/'));
        return [`${asText(shared.hostPath.path).replace(/\/$/, '')}${inside}`];
      });
      if (folders.length === 0 || folders.includes(hostFolder)) continue;
      const place = driver.workload.volumes.indexOf(volume);
      const path = place < 0 ? driver.container.path : driver.workload.at('spec', 'volumes', place, 'hostPath');
      report.at(driver.workload.manifest, path, `the CSI driver hands out ${hostFolder}, the agent's socket is in ${folders.join(', ')}`);
    }
  },
};

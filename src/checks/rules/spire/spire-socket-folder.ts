import { asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { csiDrivers, isPodsOwn } from '../../../model/spire/csi';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
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
    const handed = new Set(csiDrivers(system).map(({ hostFolder }) => hostFolder));
    for (const driver of csiDrivers(system)) {
      const { folder, volume, hostFolder } = driver;
      if (!/workload-api-socket-dir/.test(driver.container.script) && !driver.container.init) {
        report.at(driver.workload.manifest, driver.container.path, 'the CSI driver has no -workload-api-socket-dir: it stops at once');
      }
      if (folder !== undefined && hostFolder === undefined && !isPodsOwn(system, driver)) {
        report.at(driver.workload.manifest, driver.container.path, volume
          ? `the CSI driver hands out ${folder}, which is in volume ${asText(volume.name)} and in no folder of the node`
          : `the CSI driver hands out ${folder}, and nothing is mounted there`);
      }
      if (hostFolder === undefined) continue;
      const folders = socketFolders(system);
      if (folders.includes(hostFolder) || folders.every(one => handed.has(one))) continue;
      const place = driver.workload.volumes.indexOf(volume);
      const path = place < 0 ? driver.container.path : driver.workload.at('spec', 'volumes', place, 'hostPath');
      report.at(driver.workload.manifest, path, `the CSI driver hands out ${hostFolder}, the agent's socket is in ${folders.join(', ')}`);
    }
  },
};

/** The folders of the node that agents put their sockets into; a driver of another folder may hand out the socket of an agent that is not in the input. */
function socketFolders(system: System): string[] {
  return agentsOfNodes(system).flatMap(agent => {
    const path = agent.config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
    const mount = agent.container && mountAt(agent, path);
    const shared = mount && agent.workload!.volume(asText(mount.name));
    if (isUnknown(path) || !shared?.hostPath) return [];
    const inside = path.slice(asText(mount.mountPath).replace(/\/$/, '').length, path.lastIndexOf('/'));
    return [`${asText(shared.hostPath.path).replace(/\/$/, '')}${inside}`];
  });
}

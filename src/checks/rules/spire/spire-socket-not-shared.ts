import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { csiDrivers } from '../../../model/spire/csi';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { folderOf } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSocketNotShared: Rule = {
  id: 'SPIRE-SOCKET-NOT-SHARED',
  level: Level.ERROR,
  title: 'the agent\'s socket is not in a folder of the node',
  why: 'the CSI driver and other pods see an empty folder',
  fix: 'mount the hostPath of the CSI driver at the folder of socket_path',
  source: 'spiffe-csi README',
  check: (system, report) => {
    for (const agent of agentsOfNodes(system)) {
      const config = agent.config?.agent;
      const path = config?.text('socket_path') || DEFAULT_AGENT_SOCKET;
      const volume = isUnknown(path) ? undefined : volumeAt(agent, path);
      if (!config || !agent.container || isUnknown(path) || volume?.hostPath) continue;
      // Where nobody hands the socket out, only the agent of each node is known to be for other pods.
      if (csiDrivers(system).length === 0 && (agent.workload?.manifest.kind !== 'DaemonSet' || config.bool('disable_workload_api'))) continue;
      // In one pod the two may share an emptyDir.
      if (volume && csiDrivers(system).some(driver => driver.workload === agent.workload && driver.volume === volume)) continue;
      report.in(agent.text, config.at('socket_path').line, `no hostPath is mounted at ${folderOf(path)}`);
    }
  },
};

import { csiDrivers, isPodsOwn } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireSocketEmptyDir: Rule = {
  id: 'SPIRE-SOCKET-EMPTY-DIR',
  level: Level.WARNING,
  title: 'agent and CSI driver share the socket by an emptyDir',
  why: 'the folder goes with their pod: pods that run when it is replaced keep a folder without a socket',
  fix: 'share a hostPath, such as /run/spire/agent-sockets',
  source: 'spiffe-csi README',
  check: (system, report) => {
    for (const driver of csiDrivers(system).filter(one => isPodsOwn(system, one))) {
      const { workload, volume } = driver;
      report.at(workload.manifest, workload.at('spec', 'volumes', workload.volumes.indexOf(volume!)), `volume ${volume!.name} with the agent's socket is an emptyDir`);
    }
  },
};

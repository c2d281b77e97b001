import { asObjects, asText } from '../../../model/manifest';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagerSocket: Rule = {
  id: 'SPIRE-MANAGER-SOCKET',
  level: Level.ERROR,
  title: 'the controller manager does not see the server\'s socket',
  why: 'it exits after some seconds: "failed to refresh bundle"',
  fix: 'share the folder of the server\'s socket_path, and set spireServerSocketPath to the file in it',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const server of system.servers) {
      const { workload } = server;
      const manager = workload?.containers.find(container => /controller-manager/.test(container.image));
      const config = system.managers[0];
      if (!workload || !manager || system.managers.length !== 1 || !server.config) continue;
      const ours = server.config.server.text('socket_path') || '/tmp/spire-server/private/api.sock';
      const theirs = asText(config.value.spireServerSocketPath) || '/spire-server/api.sock';
      const mount = mountAt(server, ours);
      const other = asObjects(manager.value.volumeMounts).find(found => theirs.startsWith(`${asText(found.mountPath).replace(/\/$/, '')}/`));
      if (isUnknown(ours) || theirs.includes('$')) continue;
      const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
      if (!mount || !other || mount.name !== other.name || file(ours) !== file(theirs)) report.at(config, ['spireServerSocketPath'], ours === theirs ? `the containers of manager and server do not share the folder of ${ours}` : `spireServerSocketPath is ${theirs}, the server listens on ${ours}`);
    }
  },
};

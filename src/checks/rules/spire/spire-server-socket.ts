import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServerSocket: Rule = {
  id: 'SPIRE-SERVER-SOCKET',
  level: Level.WARNING,
  title: 'the socket of the server is in a folder of the node',
  why: 'whoever opens it administrates SPIRE without a password: every pod and user of the node that gets at the folder may mint any identity',
  fix: 'use an emptyDir, and run what needs the socket in the pod of the server',
  source: 'doc/spire_server.md socket_path',
  check: (system, report) => {
    for (const server of system.servers) {
      const path = server.config?.server.text('socket_path') || '/tmp/spire-server/private/api.sock';
      const folder = server.config && !isUnknown(path) ? volumeAt(server, path)?.hostPath?.path : undefined;
      if (folder !== undefined) report.in(server.text, server.config!.server.at('socket_path').line, `socket_path is ${path}, in the folder ${folder} of the node`);
    }
  },
};

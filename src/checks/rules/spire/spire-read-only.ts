import { Block } from '../../../formats/hcl/reader';
import { Json } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { Agent, Server } from '../../../model/spire/discovery';
import { databaseType, isUnknown, mountAt, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireReadOnly: Rule = {
  id: 'SPIRE-READ-ONLY',
  level: Level.ERROR,
  title: 'a program of SPIRE has to write into a folder that is mounted read-only',
  why: 'it makes its socket, keys or database there, and stops',
  fix: 'remove readOnly from the mount, or mount a volume that can be written to',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      for (const [block, key, given] of program.container ? writtenPaths(program) : []) {
        const path = given.replace(/^file:|\?.*$/g, '');
        const mount = path.startsWith('/') && !isUnknown(path) ? mountAt(program, path) : undefined;
        if (mount && (mount.readOnly === true || isReadOnly(volumeAt(program, path)))) report.in(program.text, block.at(key).line, `${key} is ${path}, and ${mount.mountPath} is mounted read-only`);
      }
    }
  },
};

/** What a program writes, and where that is configured. */
function writtenPaths(program: Server | Agent): [Block, string, string][] {
  if (!program.config) return [];
  if (program.config.kind === 'agent') {
    const { agent } = program.config;
    return [[agent, 'socket_path', agent.text('socket_path') || DEFAULT_AGENT_SOCKET], [agent, 'admin_socket_path', agent.text('admin_socket_path')]];
  }
  const { server } = program.config;
  const found: [Block, string, string][] = [[server, 'socket_path', server.text('socket_path') || '/tmp/spire-server/private/api.sock']];
  for (const { config } of pluginsOf(program, 'KeyManager', 'disk')) found.push([config, 'keys_path', config.text('keys_path')]);
  if (databaseType(program as Server) === 'sqlite3') for (const { config } of pluginsOf(program, 'DataStore')) found.push([config, 'connection_string', config.text('connection_string')]);
  return found;
}

function isReadOnly(volume: Json | undefined): boolean {
  return ['configMap', 'secret', 'projected', 'downwardAPI'].some(kind => volume?.[kind] !== undefined);
}

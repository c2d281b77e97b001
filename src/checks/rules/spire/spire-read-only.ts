import { Block } from '../../../formats/hcl/reader';
import { Container } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { Agent, Server } from '../../../model/spire/discovery';
import { isStatic, managerContainers, managerWorkloads, managersOf, servesWebhook } from '../../../model/spire/managers';
import { databaseType, isUnknown, mountAt, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireReadOnly: Rule = {
  id: 'SPIRE-READ-ONLY',
  level: Level.ERROR,
  title: 'a program of SPIRE has to write into a folder that is read-only',
  why: 'it makes its socket, keys, database or data there, and stops',
  fix: 'remove readOnly from the mount, or mount a volume that can be written to',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      for (const [block, key, given] of program.container ? writtenPaths(program) : []) {
        const path = given.replace(/^file:|\?.*$/g, '');
        const mount = path.startsWith('/') && !isUnknown(path) ? mountAt(program, path) : undefined;
        if (mount && (mount.readOnly === true || isReadOnly(volumeAt(program, path)))) report.in(program.text, block.at(key).line, `${key} is ${path}, and ${mount.mountPath} is mounted read-only`);
      }
      for (const [block, key, path] of isReadOnlyRoot(program.container) && readsConfig(program) ? dataPaths(program) : []) {
        if (!path.startsWith('/') || isUnknown(path) || MADE.test(path) || mountAt(program, path)) continue;
        report.in(program.text, block.at(key).line, `${key} is ${path}: nothing is mounted there, and the root file system is read-only`);
      }
    }
    for (const helper of system.helpers) {
      const path = helper.config?.file.text('cert_dir') ?? '';
      const mount = path.startsWith('/') && helper.container ? mountAt(helper, `${path}/`) : undefined;
      if (mount && (mount.readOnly === true || isReadOnly(volumeAt(helper, path)))) report.in(helper.text, helper.config!.file.at('cert_dir').line, `cert_dir is ${path}, and ${mount.mountPath} is mounted read-only`);
      if (!helper.config || !isReadOnlyRoot(helper.container) || !path.startsWith('/') || isUnknown(path)) continue;
      if (/^\/tmp\b/.test(path) || mountAt(helper, `${path}/`)) continue;
      report.in(helper.text, helper.config.file.at('cert_dir').line, `cert_dir is ${path}: nothing is mounted there, and the root file system is read-only`);
    }
    for (const workload of managerWorkloads(system).filter(servesWebhook)) {
      const [container] = managerContainers(workload);
      const hasFolder = asObjects(container.value.volumeMounts).some(({ mountPath }) => asText(mountPath).replace(/\/$/, '') === '/tmp');
      const isElsewhere = asObjects(container.value.env).some(({ name }) => name === 'TMPDIR') || managersOf(system, workload).some(isStatic);
      if (!isReadOnlyRoot(container) || hasFolder || isElsewhere) continue;
      report.at(workload.manifest, [...container.path, 'volumeMounts'],
        'the controller manager writes the key of its webhook below /tmp: nothing is mounted there, and the root file system is read-only', 'mount an emptyDir at /tmp');
    }
  },
};

/** Folders that the images have: what a program has there is lost, and it starts. */
const MADE = /^\/(tmp|opt\/spire|var\/lib\/spire(\/(server|agent))?|run\/spire(\/(server|agent))?)\/?$/;

function isReadOnlyRoot(container: Container | undefined): boolean {
  return asObject(container?.value.securityContext).readOnlyRootFilesystem === true;
}

/** Whether the container of a program is surely the one that has its configuration. */
function readsConfig({ text: { manifest }, workload, container }: Server | Agent): boolean {
  const volumes = asObjects(container?.value.volumeMounts).map(({ name }) => workload?.volume(asText(name)));
  return volumes.some(volume => asText(asObject(volume?.configMap).name) === manifest?.name);
}

/** What a program makes where it is not there yet; SPIRE-STATE-ON-IMAGE looks after keys and databases. */
function dataPaths({ config, ...program }: Server | Agent): [Block, string, string][] {
  if (!config) return [];
  const main = config.kind === 'agent' ? config.agent : config.server;
  const folder = main.text('data_dir').replace(/\/$/, '');
  // in the folder something is written: a mount of the folder itself counts
  const data: [Block, string, string] = [main, 'data_dir', folder === '' ? '' : `${folder}/`];
  const files = ['aws_kms', 'gcp_kms', 'azure_key_vault', 'hashicorp_vault'].flatMap(name => pluginsOf({ config, ...program } as Server, 'KeyManager', name))
    .map((plugin): [Block, string, string] => [plugin.config, 'key_identifier_file', plugin.config.text('key_identifier_file')]);
  return [data, ...files];
}

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

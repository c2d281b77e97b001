import { clustersOf, pipeOf, usersOf } from '../../../model/envoy';
import { containersWith } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { LoadedPlugin } from '../../../model/spire/catalog';
import { Helper, Oidc, Server } from '../../../model/spire/discovery';
import { nestedServers } from '../../../model/spire/nested';
import { isUnknown } from '../../../model/spire/queries';
import { mountOf, socketNames, socketProblem } from '../../../model/spire/sockets';
import { variableIn } from '../../../model/spire/variables';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireSocketClient: Rule = {
  id: 'SPIRE-SOCKET-CLIENT',
  level: Level.ERROR,
  title: 'a workload looks for the Workload API, or a provider for the server, where it is not',
  why: 'the socket is not there: the workload waits for an identity, or fails at once',
  fix: 'name the file of the agent\'s socket_path in the folder at which the csi volume is mounted',
  source: 'spiffe-csi README; SPIFFE Workload Endpoint',
  check: (system, report) => {
    for (const oidc of system.oidcProviders) checkProvider(system, oidc, report);
    for (const oidc of system.oidcProviders) checkServerApi(oidc, report);
    for (const { server, upstream, agent } of nestedServers(system)) if (!agent) checkUpstream(system, server, upstream, report);
    for (const helper of system.helpers) checkHelper(system, helper, report);
    for (const envoy of system.envoys) checkEnvoy(system, envoy, report);
    for (const workload of socketNames(system).length > 0 ? system.workloads : []) checkWorkload(system, workload, report);
    for (const { workload, container } of containersWith(system, 'SPIFFE_ENDPOINT_SOCKET')) checkVariable(system, workload, container, report);
  },
};

function checkProvider(system: System, oidc: Oidc, report: Report): void {
  const block = oidc.config?.file.block('workload_api');
  const path = block?.text('socket_path') ?? '';
  if (!oidc.container || !path.startsWith('/') || isUnknown(path)) return;
  const problem = socketProblem(system, oidc.workload!, oidc.container, path);
  if (problem) report.in(oidc.text, block!.at('socket_path').line, `socket_path is ${path}: ${problem}`);
}

/** The socket of a server is in the pod of the server. */
function checkServerApi({ config, workload, container, text }: Oidc, report: Report): void {
  const block = config?.file.block('server_api');
  const path = /^unix:(?:\/\/)?(\/.*)$/.exec(block?.text('address') ?? '')?.[1];
  if (!workload || !container || path === undefined || isUnknown(path)) return;
  const mount = mountOf(container, path);
  const isAlone = workload.volume(asText(mount?.name))?.emptyDir && !workload.containers.some(({ value }) => value !== container.value
    && asObjects(value.volumeMounts).some(({ name }) => name === mount?.name));
  if (!mount || isAlone) report.in(text, block!.at('address').line, `server_api is ${path}: ${mount ? 'no server is in the pod' : 'nothing is mounted there'}`, 'run it beside the server, or use workload_api');
}

/** The agent beside a nested server has a rule of its own; a container without any mount is not shown as a whole. */
function checkUpstream(system: System, server: Server, { config }: LoadedPlugin, report: Report): void {
  const path = config.text('workload_api_socket');
  if (!server.container || !path.startsWith('/') || isUnknown(path) || asObjects(server.container.value.volumeMounts).length === 0) return;
  const problem = socketProblem(system, server.workload!, server.container, path);
  if (problem) report.in(server.text, config.at('workload_api_socket').line, `workload_api_socket is ${path}: ${problem}`);
}

function checkHelper(system: System, helper: Helper, report: Report): void {
  const path = helper.config?.file.text('agent_address') ?? '';
  if (!helper.container || !isRead(helper) || !path.startsWith('/') || isUnknown(path)) return;
  const problem = socketProblem(system, helper.workload!, helper.container, path);
  if (problem) report.in(helper.text, helper.config!.file.at('agent_address').line, `agent_address is ${path}: ${problem}`);
}

function checkEnvoy(system: System, envoy: Manifest, report: Report): void {
  for (const { path, value } of clustersOf(envoy)) {
    const socket = pipeOf(value);
    // ENVOY-SOCKET-PATH tells of what is not mounted
    const user = socket === undefined ? undefined : usersOf(system, envoy).find(({ container }) => mountOf(container, socket));
    const problem = user && socketProblem(system, user.workload, user.container, socket!);
    if (problem) report.at(envoy, path, `cluster ${asText(value.name)} is ${socket}: ${problem}`);
  }
}

function checkWorkload(system: System, workload: Workload, report: Report): void {
  for (const { container, at, path } of namedSockets(workload)) {
    const problem = socketProblem(system, workload, container, path);
    if (problem) report.at(workload.manifest, at, `${at.includes('env') ? 'the variable' : 'the command'} names ${path}: ${problem}`);
  }
  for (const container of workload.containers.filter(one => one.value.envFrom !== undefined)) {
    const given = givenSocket(system, workload, container);
    const path = given && SOCKET.exec(given.value)?.[1];
    const problem = path && socketProblem(system, workload, container, path);
    if (problem) report.at(given.map, ['data', 'SPIFFE_ENDPOINT_SOCKET'], `SPIFFE_ENDPOINT_SOCKET is ${path}: ${problem}`);
  }
}

function checkVariable(system: System, workload: Workload, container: Container, report: Report): void {
  const at = asObjects(container.value.env).findIndex(({ name }) => name === 'SPIFFE_ENDPOINT_SOCKET');
  const path = SOCKET.exec(variableIn(system, workload, container, 'SPIFFE_ENDPOINT_SOCKET') ?? '')?.[1];
  const problem = path && socketProblem(system, workload, container, path);
  if (problem) report.at(workload.manifest, [...container.path, 'env', at], `SPIFFE_ENDPOINT_SOCKET is ${path}: ${problem}`);
}

const SOCKET = /^unix:(?:\/\/)?(\/[^$]*)$/;

/** What looks like a socket below the folder of the driver: a URI, the file of a `test -S` or of -socketPath, or any .sock. */
const ASKED = /(?:unix:(?:\/\/)?|-S\s+["']?|socketPath[=\s]["']?)(\/[\w./-]+)|(\/[\w./-]+\.sock)(?![\w./-])/g;

/** The sockets that arguments and variables name below the folder of the driver, and where. */
function namedSockets(workload: Workload): { container: Container; at: Path; path: string }[] {
  const folders = workload.volumes.filter(({ csi }) => asText(csi?.driver) === 'csi.spiffe.io').map(({ name }) => asText(name));
  if (folders.length === 0) return [];
  return workload.containers.flatMap(container => {
    const mounts = asObjects(container.value.volumeMounts).filter(({ name }) => folders.includes(asText(name))).map(({ mountPath }) => asText(mountPath).replace(/\/$/, ''));
    if (mounts.length === 0) return [];
    const named = (text: string, at: Path) => [...text.matchAll(ASKED)].map(([, path, file]) => ({ container, at, path: path ?? file }));
    // SPIFFE_ENDPOINT_SOCKET is looked at everywhere
    const variables = asObjects(container.value.env).flatMap(({ name, value }, i) => (name === 'SPIFFE_ENDPOINT_SOCKET' ? [] : named(asText(value), [...container.path, 'env', i])));
    const words = container.args.length === 0 ? [] : named(container.args.join(' '), [...container.path, container.value.args === undefined ? 'command' : 'args']);
    const found = [...words, ...variables].filter(({ path }) => mounts.some(mount => path.startsWith(`${mount}/`)));
    return found.filter(({ path }, i) => found.findIndex(other => other.path === path) === i);
  });
}

/** The variable of the socket where a container takes it out of a ConfigMap of the input. */
function givenSocket(system: System, { namespace }: Workload, container: Container): { map: Manifest; value: string } | undefined {
  const maps = asObjects(container.value.envFrom).filter(({ prefix }) => asText(prefix) === '').map(({ configMapRef }) => asText(asObject(configMapRef).name));
  const map = maps.map(name => system.find('ConfigMap', namespace, name)).find(one => asText(asObject(one?.value.data).SPIFFE_ENDPOINT_SOCKET) !== '');
  return map && { map, value: asText(asObject(map.value.data).SPIFFE_ENDPOINT_SOCKET) };
}

/** Whether the container of a helper sees its configuration, and not other keys of the ConfigMap only. */
function isRead({ container, workload, text }: Helper): boolean {
  return asObjects(container!.value.volumeMounts).some(({ name, subPath }) => {
    const volume = asObject(workload!.volume(asText(name)));
    const sources = [volume, ...asObjects(asObject(volume.projected).sources)];
    const names = sources.map(({ configMap, secret }) => asObject(configMap).name ?? asObject(secret).secretName ?? asObject(secret).name);
    return names.includes(text.manifest?.name) && ['', text.fileName].includes(asText(subPath));
  });
}

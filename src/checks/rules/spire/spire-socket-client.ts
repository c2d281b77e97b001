import { clustersOf, pipeOf, usersOf } from '../../../model/envoy';
import { containersWith, scriptsOf } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { spireChart } from '../../../model/spire/charts';
import { Helper, Oidc } from '../../../model/spire/discovery';
import { OPENSHIFT_SOCKET, operatedAgents } from '../../../model/spire/openshift';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireSocketClient: Rule = {
  id: 'SPIRE-SOCKET-CLIENT',
  level: Level.ERROR,
  title: 'a workload looks for the Workload API where it is not',
  why: 'the socket is not there: the workload waits for an identity, or fails at once',
  fix: 'name the file of the agent\'s socket_path in the folder at which the csi volume is mounted',
  source: 'spiffe-csi README; SPIFFE Workload Endpoint',
  check: (system, report) => {
    const names = socketNames(system);
    for (const oidc of system.oidcProviders) checkProvider(oidc, names, report);
    for (const helper of system.helpers) checkHelper(helper, names, report);
    for (const envoy of system.envoys) checkEnvoy(system, envoy, names, report);
    for (const workload of names.length > 0 ? system.workloads : []) checkWorkload(system, workload, names, report);
    for (const { workload, container } of containersWith(system, 'SPIFFE_ENDPOINT_SOCKET')) checkVariable(workload, container, names, report);
  },
};

function checkProvider(oidc: Oidc, names: string[], report: Report): void {
  const block = oidc.config?.file.block('workload_api');
  const path = block?.text('socket_path') ?? '';
  if (!oidc.container || !path.startsWith('/') || isUnknown(path)) return;
  const problem = problemOf(oidc.workload!, mountAt(oidc, path), path, names);
  if (problem) report.in(oidc.text, block!.at('socket_path').line, `socket_path is ${path}: ${problem}`);
}

function checkHelper(helper: Helper, names: string[], report: Report): void {
  const path = helper.config?.file.text('agent_address') ?? '';
  if (!helper.container || !isRead(helper) || !path.startsWith('/') || isUnknown(path)) return;
  const problem = problemOf(helper.workload!, mountAt(helper, path), path, names);
  if (problem) report.in(helper.text, helper.config!.file.at('agent_address').line, `agent_address is ${path}: ${problem}`);
}

function checkEnvoy(system: System, envoy: Manifest, names: string[], report: Report): void {
  for (const { path, value } of clustersOf(envoy)) {
    const socket = pipeOf(value);
    // ENVOY-SOCKET-PATH tells of what is not mounted
    const user = socket === undefined ? undefined : usersOf(system, envoy).find(({ container }) => mountOf(container, socket));
    const problem = user && problemOf(user.workload, mountOf(user.container, socket!), socket!, names);
    if (problem) report.at(envoy, path, `cluster ${asText(value.name)} is ${socket}: ${problem}`);
  }
}

function checkWorkload(system: System, workload: Workload, names: string[], report: Report): void {
  for (const { container, at, path } of namedSockets(workload)) {
    const problem = problemOf(workload, mountOf(container, path), path, names);
    if (problem) report.at(workload.manifest, at, `${at.includes('env') ? 'the variable' : 'the command'} names ${path}: ${problem}`);
  }
  for (const container of workload.containers.filter(one => one.value.envFrom !== undefined)) {
    const given = givenSocket(system, workload, container);
    const path = given && SOCKET.exec(given.value)?.[1];
    const problem = path && problemOf(workload, mountOf(container, path), path, names);
    if (problem) report.at(given.map, ['data', 'SPIFFE_ENDPOINT_SOCKET'], `SPIFFE_ENDPOINT_SOCKET is ${path}: ${problem}`);
  }
}

function checkVariable(workload: Workload, container: Container, names: string[], report: Report): void {
  const at = asObjects(container.value.env).findIndex(({ name }) => name === 'SPIFFE_ENDPOINT_SOCKET');
  const path = SOCKET.exec(asText(container.value.env[at].value))?.[1];
  const problem = path && problemOf(workload, mountOf(container, path), path, names);
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
    const names = sources.map(({ configMap, secret }) => asObject(configMap).name ?? asObject(secret).secretName);
    return names.includes(text.manifest?.name) && ['', text.fileName].includes(asText(subPath));
  });
}

function problemOf(workload: Workload, mount: Json | undefined, path: string, names: string[]): string | undefined {
  if (!mount) return 'nothing is mounted there';
  const csi = asText(workload.volume(asText(mount.name))?.csi?.driver);
  const file = path.slice(asText(mount.mountPath).replace(/\/$/, '').length + 1);
  return csi === 'csi.spiffe.io' && names.length > 0 && !names.includes(file) ? `the agents make "${names.join('", "')}"` : undefined;
}

function mountOf(container: Container, path: string): Json | undefined {
  return asObjects(container.value.volumeMounts).filter(({ mountPath }) => `${path}/`.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`))
    .sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
}

/** What the sockets of all agents are called; none where one is not to be told, or something else in the folder may be a link to it. */
function socketNames(system: System): string[] {
  const made = spireChart(system)?.sockets;
  if (made) return made;
  // a file beside the manifests may be for a machine of its own
  const agents = agentsOfNodes(system).filter(({ text }) => text.manifest);
  const paths = agents.map(({ config }) => config && (config.agent.text('socket_path') || DEFAULT_AGENT_SOCKET));
  const names = [...paths.map(path => path?.slice(path.lastIndexOf('/') + 1)), ...operatedAgents(system).map(() => OPENSHIFT_SOCKET)];
  if (paths.some(path => path === undefined || isUnknown(path)) || names.length > 0 && hasLinks(system)) return [];
  return [...new Set(names.map(name => name!))];
}

/** Whether something may make another name for a socket. */
function hasLinks(system: System): boolean {
  return scriptsOf(system).some(({ container }) => container.args.some(arg => arg.includes('ln -s')))
    || system.workloads.some(({ containers }) => containers.some(({ name }) => name === 'ensure-alternate-names'));
}

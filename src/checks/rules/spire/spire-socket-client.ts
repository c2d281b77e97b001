import { clustersOf, pipeOf, usersOf } from '../../../model/envoy';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { agentsOfNodes } from '../../../model/spire/agents';
import { spireChart } from '../../../model/spire/charts';
import { Helper } from '../../../model/spire/discovery';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
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
    for (const oidc of system.oidcProviders) {
      const block = oidc.config?.file.block('workload_api');
      const path = block?.text('socket_path') ?? '';
      if (!oidc.container || !path.startsWith('/') || isUnknown(path)) continue;
      const problem = problemOf(oidc.workload!, mountAt(oidc, path), path, names);
      if (problem) report.in(oidc.text, block!.at('socket_path').line, `socket_path is ${path}: ${problem}`);
    }
    for (const helper of system.helpers) {
      const path = helper.config?.file.text('agent_address') ?? '';
      const problem = helper.container && isRead(helper) && path.startsWith('/') && !isUnknown(path) ? problemOf(helper.workload!, mountAt(helper, path), path, names) : undefined;
      if (problem) report.in(helper.text, helper.config!.file.at('agent_address').line, `agent_address is ${path}: ${problem}`);
    }
    for (const envoy of system.envoys) {
      for (const { path: at, value } of clustersOf(envoy)) {
        const socket = pipeOf(value);
        // ENVOY-SOCKET-PATH tells of what is not mounted
        const user = socket === undefined ? undefined : usersOf(system, envoy).find(({ container }) => mountOf(container, socket));
        const problem = user && problemOf(user.workload, mountOf(user.container, socket!), socket!, names);
        if (problem) report.at(envoy, at, `cluster ${asText(value.name)} is ${socket}: ${problem}`);
      }
    }
    for (const workload of names.length > 0 ? system.workloads : []) {
      for (const { container, path } of scriptedSockets(workload)) {
        const problem = problemOf(workload, mountOf(container, path), path, names);
        if (problem) report.at(workload.manifest, [...container.path, container.value.args === undefined ? 'command' : 'args'], `the script waits for ${path}: ${problem}`);
      }
    }
    for (const workload of system.workloads) {
      for (const container of workload.containers.filter(one => one.value.env !== undefined)) {
        const at = asObjects(container.value.env).findIndex(({ name }) => name === 'SPIFFE_ENDPOINT_SOCKET');
        const path = at < 0 ? undefined : /^unix:(?:\/\/)?(\/[^$]*)$/.exec(asText(container.value.env[at].value))?.[1];
        const problem = path && problemOf(workload, mountOf(container, path), path, names);
        if (problem) report.at(workload.manifest, [...container.path, 'env', at], `SPIFFE_ENDPOINT_SOCKET is ${path}: ${problem}`);
      }
    }
  },
};

/** The sockets below the folder of the driver that scripts ask for by `test -S`. */
function scriptedSockets(workload: Workload): { container: Container; path: string }[] {
  const folders = workload.volumes.filter(({ csi }) => asText(csi?.driver) === 'csi.spiffe.io').map(({ name }) => asText(name));
  if (folders.length === 0) return [];
  return workload.containers.filter(({ args }) => args.some(arg => arg.includes('-S '))).flatMap(container => {
    const mounts = asObjects(container.value.volumeMounts).filter(({ name }) => folders.includes(asText(name))).map(({ mountPath }) => asText(mountPath).replace(/\/$/, ''));
    const asked = container.args.flatMap(arg => [...arg.matchAll(/-S\s+["']?(\/[\w./-]+)/g)].map(([, path]) => path));
    return [...new Set(asked)].filter(path => mounts.some(mount => path.startsWith(`${mount}/`))).map(path => ({ container, path }));
  });
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
  const links = system.workloads.some(({ containers }) => containers.some(({ name, args }) => name === 'ensure-alternate-names' || args.some(arg => arg.includes('ln -s'))));
  const paths = agentsOfNodes(system).map(({ config }) => config && (config.agent.text('socket_path') || DEFAULT_AGENT_SOCKET));
  if (links || paths.some(path => path === undefined || isUnknown(path))) return [];
  return [...new Set(paths.map(path => path!.slice(path!.lastIndexOf('/') + 1)))];
}

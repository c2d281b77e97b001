import { Container, Workload } from '../kubernetes/workload';
import { Json, asObjects, asText } from '../manifest';

/** A program of SPIRE that reads a file with its settings. */
export type ConfigKind = 'server' | 'agent' | 'oidc' | 'helper';

/** Where the images look without -config. */
export const DEFAULT_CONFIG_PATHS: Readonly<Record<ConfigKind, string>> = {
  server: '/opt/spire/conf/server/server.conf',
  agent: '/opt/spire/conf/agent/agent.conf',
  oidc: '/opt/spire/oidc-discovery-provider.conf',
  helper: '/helper.conf',
};

const PROGRAMS: readonly [ConfigKind, RegExp][] = [
  ['server', /(^|\/)spire-server(:|@|$)/],
  ['agent', /(^|\/)spire-agent(:|@|$)/],
  ['oidc', /(^|\/)oidc-discovery-provider(:|@|$)/],
  ['helper', /(^|\/)spiffe-helper(:|@|$)/],
];

/** The file that the arguments of a container name. */
export function configPath(args: readonly string[]): string | undefined {
  const words = args.flatMap(arg => arg.split(/\s+/));
  const at = words.findIndex(word => /^--?config$/.test(word));
  return words.map(word => /^--?config=(.+)$/.exec(word)?.[1]).find(value => value !== undefined) ?? (at >= 0 ? words[at + 1] : undefined);
}

/**
 * The programs that read the keys of ConfigMaps and Secrets as their configuration, by `namespace/name/key`.
 *
 * A program reads what it is given, whatever stands in it: this tells more than the text, which may lack all that one knows it by.
 */
export function mountedConfigs(workloads: readonly Workload[]): ReadonlyMap<string, ConfigKind> {
  const found = new Map<string, ConfigKind>();
  for (const workload of workloads) {
    for (const container of workload.containers) {
      const kind = PROGRAMS.find(([, image]) => image.test(container.image))?.[0];
      if (!kind) continue;
      for (const source of sourcesOf(workload, container, configPath(container.args) ?? DEFAULT_CONFIG_PATHS[kind])) found.set(`${workload.namespace}/${source}`, kind);
    }
  }
  return found;
}

/** What stands at a path of a container, as `name/key`. */
export function sourcesOf(workload: Workload, container: Container, path: string): string[] {
  return asObjects(container.value.volumeMounts).flatMap(mount => {
    const mountPath = asText(mount.mountPath).replace(/\/$/, '');
    const subPath = asText(mount.subPath);
    const below = [subPath, path.slice(mountPath.length + 1)].filter(part => part !== '').join('/');
    const rest = path === mountPath ? subPath : path.startsWith(`${mountPath}/`) ? below : '';
    const volume = rest === '' ? undefined : workload.volume(asText(mount.name));
    if (!volume) return [];
    const sources = [volume, ...asObjects(volume.projected?.sources)];
    return sources.flatMap(source => [source.configMap, source.secret]).flatMap(source => named(source, rest));
  });
}

function named(source: Json, rest: string): string[] {
  const name = asText(source?.name ?? source?.secretName);
  if (name === '') return [];
  const items = asObjects(source.items);
  const key = items.length === 0 ? rest : asText(items.find(item => item.path === rest)?.key);
  return key === '' ? [] : [`${name}/${key}`];
}

import { join } from 'node:path';
import { LoadedPlugin } from './catalog';
import { Agent, Program, Server } from './discovery';
import { Block } from '../../formats/hcl/reader';
import { Workload } from '../kubernetes/workload';
import { Json, asObjects, asText } from '../manifest';

/** The loaded plugins of a type, or of a type and name. */
export function pluginsOf(program: Server | Agent, type: string, name?: string): LoadedPlugin[] {
  return (program.config?.plugins ?? []).filter(plugin => plugin.type === type && (name === undefined || plugin.name === name));
}

/** The k8s_psat clusters a server knows. */
export function psatClusters(server: Server): Map<string, Block> {
  return new Map(pluginsOf(server, 'NodeAttestor', 'k8s_psat').flatMap(plugin => [...plugin.config.map('clusters')]));
}

/** The type of a server's database; undefined where it is not written plainly. */
export function databaseType(server: Server): string | undefined {
  const node = pluginsOf(server, 'DataStore')[0]?.config.node('database_type');
  if (node?.kind === 'literal') return node.token.text.replace(/"/g, '');
  return node?.kind === 'objectList' ? node.items[0]?.keys[0]?.token.text.replace(/"/g, '') : undefined;
}

/** The volume of a pod behind a path of a container. */
export function volumeAt(program: Program<unknown>, path: string): Json | undefined {
  const mounts = asObjects(program.container?.value.volumeMounts);
  const covering = mounts.filter(mount => path === mount.mountPath || asText(mount.mountPath) !== '' && path.startsWith(`${asText(mount.mountPath).replace(/\/$/, '')}/`));
  const nearest = covering.sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
  return nearest && program.workload?.volume(asText(nearest.name));
}

/** Whether a volume belongs to the StatefulSet's own claim templates, one a replica. */
export function isClaimed(workload: Workload, name: string): boolean {
  return asObjects(workload.manifest.spec.volumeClaimTemplates).some(claim => claim.metadata?.name === name);
}

/** The mount of a container that covers a path. */
export function mountAt(program: Program<unknown>, path: string): Json | undefined {
  return asObjects(program.container?.value.volumeMounts)
    .filter(mount => asText(mount.mountPath) !== '' && path.startsWith(`${asText(mount.mountPath).replace(/\/$/, '')}/`))
    .sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
}

/** A path of a container as the containers of its pod have it in common: a folder of the pod or node, and what follows; undefined where it is in neither. */
export function sharedPath(program: Program<unknown>, path: string): string | undefined {
  const mount = mountAt(program, path);
  const volume = mount && program.workload?.volume(asText(mount.name));
  if (!mount || !volume || mount.subPathExpr !== undefined || !volume.emptyDir && !volume.hostPath) return undefined;
  return join(asText(volume.hostPath?.path) || asText(mount.name), asText(mount.subPath), path.slice(asText(mount.mountPath).length));
}

/** Whether the value of a setting is only known at run time. */
export function isUnknown(value: string): boolean {
  return value.includes('\uE000');
}

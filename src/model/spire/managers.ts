import { MANAGER_IMAGE } from './images';
import { Embedded } from '../embedded';
import { containersOf } from '../kubernetes/containers';
import { Container, Workload } from '../kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The kinds a controller manager makes entries and relations of, and what `reconcile` calls them. */
export const RECONCILED: Readonly<Record<string, string>> = {
  ClusterSPIFFEID: 'clusterSPIFFEIDs',
  ClusterFederatedTrustDomain: 'clusterFederatedTrustDomains',
  ClusterStaticEntry: 'clusterStaticEntries',
};

/** Whether a controller manager reads files in place of the API server: an empty path is one. */
export function isStatic({ value }: Manifest): boolean {
  return value.staticManifestPath !== undefined && value.staticManifestPath !== null;
}

/** Whether a controller manager looks after a kind: all of them where nothing is said, else those that are named. */
export function reconciles(manager: Manifest, kind: string): boolean {
  if (isStatic(manager) && kind === 'ClusterSPIFFEID') return false;
  return manager.value.reconcile === undefined || manager.value.reconcile === null || asObject(manager.value.reconcile)[RECONCILED[kind]] === true;
}

/** The workloads that run controller managers. */
export const managerWorkloads = once((system: System): Workload[] =>
  [...new Set(containersOf(system, MANAGER_IMAGE).map(({ workload }) => workload))]);

/** The configurations of controller managers that a workload mounts. */
export function managersOf(system: System, workload: Workload): Manifest[] {
  const sources = workload.volumes.flatMap(volume => [volume, ...asObjects(volume.projected?.sources)]);
  const maps = sources.map(source => source.configMap?.name);
  return system.managers.filter(manager => {
    const holder = manager instanceof Embedded ? manager.outer.manifest : undefined;
    return holder?.kind === 'ConfigMap' && holder.namespace === workload.namespace && maps.includes(holder.name);
  });
}

/** Whether two managers are in one cluster for certain: files beside each other may be for different ones, two objects of one name are, and so is what names two clusters. */
export function areTogether(one: Manifest, other: Manifest): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map(manager => asText(manager.value.clusterName));
  if (first !== second && first !== '' && second !== '') return false;
  const [a, b] = [one, other].map(manager => (manager instanceof Embedded ? manager.outer.manifest : undefined));
  if (a && b && a.namespace === b.namespace) return a.name !== b.name && a.namespace !== '';
  return first === second && first !== '';
}

/** Whether the manager of a workload serves its webhook; where there are several, they may differ. */
export function servesWebhook(workload: Workload): boolean {
  return managerContainers(workload).length === 1 && !hasNoWebhook(workload) && !managerContainers(workload).some(mayLackWebhook);
}

/** Whether something else says whether a manager serves its webhook. */
function mayLackWebhook({ value }: Container): boolean {
  return asObjects(value.env).some(({ name, valueFrom }) => name === 'ENABLE_WEBHOOKS' && valueFrom !== undefined);
}

/** Whether no manager of a workload serves a webhook. */
export function hasNoWebhook(workload: Workload): boolean {
  return managerContainers(workload).every(({ value }) => asObjects(value.env).some(env => env.name === 'ENABLE_WEBHOOKS' && asText(env.value) === 'false'));
}

/** The containers of a workload that run controller managers. */
export function managerContainers(workload: Workload): Container[] {
  return workload.containers.filter(({ image }) => MANAGER_IMAGE.test(image));
}

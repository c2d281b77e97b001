import { Embedded } from '../embedded';
import { containersOf } from '../kubernetes/containers';
import { Workload } from '../kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The kinds a controller manager makes entries and relations of, and what `reconcile` calls them. */
export const RECONCILED: Readonly<Record<string, string>> = {
  ClusterSPIFFEID: 'clusterSPIFFEIDs',
  ClusterFederatedTrustDomain: 'clusterFederatedTrustDomains',
  ClusterStaticEntry: 'clusterStaticEntries',
};

/** Whether a controller manager reads files in place of the API server. */
export function isStatic(manager: Manifest): boolean {
  return manager.value.staticManifestPath !== undefined && manager.value.staticManifestPath !== '';
}

/** Whether a controller manager looks after a kind: all of them where nothing is said, else those that are named. */
export function reconciles(manager: Manifest, kind: string): boolean {
  if (isStatic(manager) && kind === 'ClusterSPIFFEID') return false;
  return manager.value.reconcile === undefined || manager.value.reconcile === null || asObject(manager.value.reconcile)[RECONCILED[kind]] === true;
}

/** The workloads that run controller managers. */
export const managerWorkloads = once((system: System): Workload[] =>
  [...new Set(containersOf(system, /spire-controller-manager/).map(({ workload }) => workload))]);

/** The configurations of controller managers that a workload mounts. */
export function managersOf(system: System, workload: Workload): Manifest[] {
  const sources = workload.volumes.flatMap(volume => [volume, ...asObjects(volume.projected?.sources)]);
  const maps = sources.map(source => source.configMap?.name);
  return system.managers.filter(manager => {
    const holder = manager instanceof Embedded ? manager.outer.manifest : undefined;
    return holder?.kind === 'ConfigMap' && holder.namespace === workload.namespace && maps.includes(holder.name);
  });
}

/** Whether the manager of a workload serves its webhook; where there are several, they may differ. */
export function servesWebhook(workload: Workload): boolean {
  const managers = workload.containers.filter(({ image }) => /spire-controller-manager/.test(image));
  return managers.length === 1 && !asObjects(managers[0].value.env).some(env => env.name === 'ENABLE_WEBHOOKS' && asText(env.value) === 'false');
}

/** Whether every manager of a workload is told to serve no webhook. */
export function isWebhookOff(workload: Workload): boolean {
  const managers = workload.containers.filter(({ image }) => /spire-controller-manager/.test(image));
  return managers.length > 0 && managers.every(({ value }) => asObjects(value.env).some(env => env.name === 'ENABLE_WEBHOOKS' && asText(env.value) === 'false'));
}

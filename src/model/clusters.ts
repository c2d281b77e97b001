import { collect } from './collect';
import { asObject, asText } from './manifest';
import { once } from './once';
import { federatedTrustDomains, trustDomains } from './spire/entries';
import { trustDomainName } from './spire/values';
import { System } from './system';

/** Clusters by a name that several may have: each rule would else look at each cluster for each cluster. */
export function index(namesOf: (system: System) => readonly string[]): (clusters: readonly System[]) => Map<string, System[]> {
  return once((clusters: readonly System[]) => {
    const found = new Map<string, System[]>();
    for (const system of clusters) {
      for (const name of new Set(namesOf(system))) {
        collect(found, name, system);
      }
    }
    return found;
  });
}

const byTrustDomain = index(trustDomains);
const byPartner = index(system => federatedTrustDomains(system).map(relation => trustDomainName(asText(relation.spec.trustDomain))));
const byMesh = index(system => [meshIdOf(system)].filter(id => id !== ''));

/** The clusters of the input that have a trust domain. */
export function clustersWith(system: System, trustDomain: string): readonly System[] {
  return byTrustDomain(system.clusters).get(trustDomain) ?? [];
}

/** The clusters of the input that federate with a trust domain. */
export function clustersTrusting(system: System, trustDomain: string): readonly System[] {
  return byPartner(system.clusters).get(trustDomain) ?? [];
}

/** The clusters of the input that are one mesh with a cluster, and itself. */
export function clustersOfMesh(system: System): readonly System[] {
  const id = meshIdOf(system);
  return id === '' ? [system] : byMesh(system.clusters).get(id)!;
}

/** The network of a cluster's pods; empty where its mesh has none. */
export const networkOf = once((system: System): string =>
  system.meshes.map(mesh => asText(asObject(mesh.values.value.global).network)).find(name => name !== '') ?? '');

/** The name of the mesh that a cluster is part of; empty where it has none. */
export const meshIdOf = once((system: System): string =>
  system.meshes.map(mesh => asText(asObject(mesh.values.value.global).meshID)).find(id => id !== '') ?? '');

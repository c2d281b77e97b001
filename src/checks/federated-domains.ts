import { Manifest, Path, asText, asTexts } from '../model/manifest';
import { isInjected } from '../model/mesh/injection';
import { Mesh, domainsOf, usesSpire } from '../model/mesh/mesh';
import { once } from '../model/once';
import { identitiesInValues, spireChart } from '../model/spire/charts';
import { clusterSpiffeIds, federatedTrustDomains, idsSelecting, staticEntries } from '../model/spire/entries';
import { trustDomainName } from '../model/spire/values';
import { System } from '../model/system';

/** A federated trust domain whose peers a mesh does not let in. */
export interface ClosedDomain {
  readonly mesh: Mesh;
  readonly object: Manifest;
  readonly path: Path;
  readonly name: string;
  /** Whether proxies of the mesh get its bundle, as far as the input shows. */
  readonly isTaken: boolean;
}

/** The federated trust domains that meshes do not let in. */
export const closedDomains = once((system: System): ClosedDomain[] => {
  const chart = spireChart(system);
  const made = chart?.partners.map(({ path, trustDomain }) => ({ object: chart.values, path: [...path, 'trustDomain'], name: trustDomainName(trustDomain) })) ?? [];
  const objects = federatedTrustDomains(system).map(object => ({ object, path: ['spec', 'trustDomain'], name: trustDomainName(asText(object.spec.trustDomain)) }));
  const domains = [...made, ...objects]
    .filter(({ name }) => name !== '' && !name.includes('$'));
  if (domains.length === 0) return [];
  const taken = takenByMesh(system);
  return system.meshes
    .filter(mesh => (mesh.form !== 'values' || usesSpire(mesh)) && !mesh.env.some(env => env.name === 'PILOT_SKIP_VALIDATE_TRUST_DOMAIN' && env.value === 'true'))
    .flatMap(mesh => {
      const accepted = new Set(domainsOf(mesh));
      return domains.filter(({ name }) => !accepted.has(name)).map(domain => ({ mesh, ...domain, isTaken: taken(domain.name) }));
    });
});

/** Whether an identity of the mesh takes a bundle; where there are no identities in the input, one elsewhere may. */
function takenByMesh(system: System): (name: string) => boolean {
  const ids = [...clusterSpiffeIds(system), ...staticEntries(system)];
  const made = identitiesInValues(system);
  if (ids.length + (spireChart(system)?.identities ?? []).length === 0) return () => true;
  const outside = identitiesOutside(system);
  const federated = ids.filter(id => !outside.has(id));
  const names = new Set([...federated.map(({ spec }) => spec), ...made].flatMap(({ federatesWith }) => asTexts(federatesWith)).map(trustDomainName));
  return name => names.has(name);
}

/** The identities all of whose pods are known to be outside of the mesh. */
function identitiesOutside(system: System): Set<Manifest> {
  const [outside, inside] = [new Set<Manifest>(), new Set<Manifest>()];
  for (const workload of system.workloads) {
    const mayBeInside = isInjected(system, workload) || system.labelsOf(workload.namespace) === undefined;
    for (const id of idsSelecting(system, workload)) (mayBeInside ? inside : outside).add(id);
  }
  inside.forEach(id => outside.delete(id));
  return outside;
}

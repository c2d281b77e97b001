import { Manifest, Path, asText, asTexts } from '../model/manifest';
import { isInjected } from '../model/mesh/injection';
import { Mesh, domainsOf, usesSpire } from '../model/mesh/mesh';
import { authorizationPolicies, includedPrincipalsOf, sourcesOf, trustDomainOf } from '../model/mesh/policy';
import { hasTarget } from '../model/mesh/selection';
import { isWhole } from '../model/mesh/whole-values';
import { once } from '../model/once';
import { partnersInValues, spireChart } from '../model/spire/charts';
import { federatedTrustDomains, idsSelecting, staticEntries, trustDomains } from '../model/spire/entries';
import { federatesWith, identities, isForPods, mayHave } from '../model/spire/federating';
import { trustDomainName } from '../model/spire/values';
import { System } from '../model/system';

/** A federated trust domain whose peers a mesh does not let in. */
export interface ClosedDomain {
  readonly mesh: Mesh;
  readonly object: Manifest;
  readonly path: Path;
  readonly name: string;
  /** Whether sidecars are to be called from there: an identity of the mesh takes the bundle, and a policy names callers. */
  readonly isCalled: boolean;
}

/** The federated trust domains that meshes do not let in, without those that only identities outside of the mesh take. */
export const closedDomains = once((system: System): ClosedDomain[] => {
  const chart = spireChart(system);
  const made = chart?.partners.map(({ path, trustDomain }) => ({ object: chart.values, path: [...path, 'trustDomain'], name: trustDomainName(trustDomain) })) ?? [];
  const objects = federatedTrustDomains(system).map(object => ({ object, path: ['spec', 'trustDomain'], name: trustDomainName(asText(object.spec.trustDomain)) }));
  const domains = [...made, ...objects]
    .filter(({ name }) => name !== '' && !name.includes('$'));
  if (domains.length === 0) return [];
  const { inside, outside } = takers(system);
  const callers = callingDomains(system);
  const isUnseen = identities(system).length + (chart?.identities ?? []).length === 0;
  return system.meshes
    .filter(mesh => (mesh.form !== 'values' || usesSpire(mesh) || isWhole(mesh)) && !mesh.env.some(env => env.name === 'PILOT_SKIP_VALIDATE_TRUST_DOMAIN' && env.value === 'true'))
    .flatMap(mesh => {
      const accepted = new Set(domainsOf(mesh));
      return domains.filter(({ name }) => !accepted.has(name) && (inside.has(name) || !outside.has(name)))
        .map(domain => ({ mesh, ...domain, isCalled: (isUnseen || inside.has(domain.name)) && callers.has(domain.name) }));
    });
});

/** Whether proxies of the mesh take the bundle of another trust domain, or may be meant to: nobody else takes it. */
export function isFederatedMesh(system: System): boolean {
  const { inside, outside } = takers(system);
  return inside.size > 0 || federatedTrustDomains(system).some(({ spec }) => !outside.has(trustDomainName(asText(spec.trustDomain))));
}

/** The trust domains whose callers a policy for workloads names. */
function callingDomains(system: System): Set<string> {
  const policies = authorizationPolicies(system).filter(policy => (policy.spec.action ?? 'ALLOW') === 'ALLOW' && !hasTarget(policy));
  return new Set(policies.flatMap(policy => [
    ...includedPrincipalsOf(policy).map(({ principal }) => trustDomainOf(principal) ?? ''),
    ...sourcesOf(policy).flatMap(({ value }) => asTexts(value.trustDomains)),
  ]));
}

/** The trust domains that identities federate with, by whether all pods of these are known to be outside of the mesh. */
const takers = once((system: System): { inside: Set<string>; outside: Set<string> } => {
  // FED-OWN-DOMAIN tells of the own trust domain, which is no partner
  const own = trustDomains(system);
  const foreign = (id: Manifest): string[] => federatesWith(id).filter(name => !own.includes(name));
  const federating = identities(system).filter(id => foreign(id).length > 0);
  const away = federating.length > 0 ? identitiesOutside(system) : new Set<Manifest>();
  return {
    inside: new Set([...federating.filter(id => !away.has(id)).flatMap(foreign), ...partnersInValues(system)]),
    outside: new Set(federating.filter(id => away.has(id)).flatMap(foreign)),
  };
});

/** The identities all of whose pods are known to be outside of the mesh, and those that are for no pods. */
function identitiesOutside(system: System): Set<Manifest> {
  const entries = staticEntries(system).filter(entry => federatesWith(entry).length > 0);
  const [outside, inside] = [new Set<Manifest>(entries.filter(entry => !isForPods(entry))), new Set<Manifest>()];
  const forPods = entries.filter(isForPods);
  for (const workload of system.workloads) {
    const mayBeInside = isInjected(system, workload) || system.labelsOf(workload.namespace) === undefined;
    const ids = [...idsSelecting(system, workload), ...forPods.filter(entry => mayHave(system, workload, entry))];
    for (const id of ids) (mayBeInside ? inside : outside).add(id);
  }
  inside.forEach(id => outside.delete(id));
  return outside;
}

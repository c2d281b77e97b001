import { under } from '../../../model/envoy';
import { Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
import { isNobody } from '../../../model/mesh/identities';
import { identityOf } from '../../../model/mesh/policy';
import { federatedTrustDomains, trustDomains } from '../../../model/spire/entries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedSan: Rule = {
  id: 'FED-SAN',
  level: Level.ERROR,
  title: 'a called service is to prove an identity that nobody has, or that nobody trusts',
  why: 'every certificate it shows is refused',
  fix: 'name the SPIFFE IDs of the workloads behind the service, in their own trust domain',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    const relations = federatedTrustDomains(system);
    const known = [...trustDomains(system), ...relations.map(relation => trustDomainName(asText(relation.spec.trustDomain)))];
    if (relations.length === 0 || trustDomains(system).length === 0) return;
    for (const { manifest, path, san } of namesOf(system)) {
      // MESH-SAN-SCHEME tells it for objects of Istio
      if (identityOf(san) && system.envoys.includes(manifest)) report.at(manifest, path, `"${san}" is no SPIFFE ID`, `write spiffe://${san}: subjectAltNames are SPIFFE IDs, unlike principals`);
      const domain = /^spiffe:\/\/([^/]+)\//.exec(san)?.[1];
      if (domain === undefined) continue;
      if (!known.includes(domain)) report.at(manifest, path, `"${san}" is of trust domain "${domain}", which is neither the own one nor federated`);
      else if (isNobody(system, san)) report.at(manifest, path, `no workload of "${domain}" is "${san}"`);
    }
  },
};

interface Name {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly san: string;
}

/** Who has to answer, of all DestinationRules and ServiceEntries, and who may be a peer of static Envoys. */
function namesOf(system: System): Name[] {
  const of = (manifest: Manifest, path: Path, list: unknown): Name[] => asTexts(list).map((san, i) => ({ manifest, path: [...path, i], san }));
  return [
    ...system.all('DestinationRule').flatMap(rule => of(rule, ['spec', 'trafficPolicy', 'tls', 'subjectAltNames'], asObject(asObject(rule.spec.trafficPolicy).tls).subjectAltNames)),
    ...system.all('ServiceEntry').flatMap(entry => of(entry, ['spec', 'subjectAltNames'], entry.spec.subjectAltNames)),
    ...system.envoys.flatMap(envoy => under(envoy, 'match_typed_subject_alt_names').map(({ path, value }) =>
      ({ manifest: envoy, path: [...path, 'matcher', 'exact'], san: asText(asObject(asObject(value).matcher).exact) }))),
  ];
}

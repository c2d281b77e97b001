import { asText, asTexts } from '../../../model/manifest';
import { knownDomains } from '../../../model/mesh/mesh';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { isOlderThan } from '../../../model/mesh/version';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzTrustDomain: Rule = {
  id: 'MESH-AUTHZ-TRUST-DOMAIN',
  level: Level.ERROR,
  title: 'a policy names a trust domain that no caller has',
  why: 'cluster.local is no pointer to the own domain in trustDomains, and peers of domains that the mesh does not know never get through mTLS',
  fix: 'write the trust domain of the mesh, or one of caCertificates[].trustDomains',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    const known = knownDomains(system.meshes);
    const isOld = isOlderThan(system.meshes, 31);
    for (const policy of known || isOld ? authorizationPolicies(system) : []) {
      const fields = [...sourcesOf(policy).flatMap(({ path, value }) => ['trustDomains', 'notTrustDomains'].map(field => ({ path: [...path, field], names: asTexts(value[field]) }))),
        ...conditionsOf(policy).filter(({ value }) => asText(value.key) === 'source.trustDomain').map(({ path, value }) => ({ path: [...path, 'values'], names: asTexts(value.values) }))];
      for (const { path, names } of fields.filter(field => field.names.length > 0)) {
        if (isOld) {
          report.at(policy, path, `Istio before 1.31 knows no ${path[path.length - 1] === 'values' ? 'source.trustDomain' : path[path.length - 1]}`, 'use principals, such as "example.org/*", or Istio 1.31');
          continue;
        }
        names.forEach((name, i) => name.includes('*') || known!.has(name)
          || report.at(policy, [...path, i], `trust domain "${name}" is none of the mesh, which knows ${[...known!].join(', ')}`));
      }
    }
  },
};

import { isFilledIn } from '../../../model/filled-in';
import { asList, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { CONDITIONS_OF_POLICY } from '../../refusals/authorization-policy';
import { problemsOf } from '../../refusals/places';
import { Rule } from '../../rule';

export const meshAuthzWhen: Rule = {
  id: 'MESH-AUTHZ-WHEN',
  level: Level.ERROR,
  title: 'a condition has a key that Istio does not know, or a value that the key does not take',
  why: 'istiod\'s webhook refuses the policy; without the webhook it is dropped',
  fix: 'use request.headers[…], source.*, destination.port, request.auth.*, with addresses, ports and names as they are; for labels the selector or principals',
  source: 'istio pkg/config/security/security.go ValidateAttribute; observed: istioctl',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { path, value } of conditionsOf(policy).filter(condition => condition.value.key !== undefined)) {
        const key = asText(value.key);
        if (!KNOWN.test(key) && !isFilledIn(key)) report.at(policy, [...path, 'key'], `key "${key}" is unknown`);
        if (asList(value.values).length === 0 && asList(value.notValues).length === 0) report.at(policy, path, `condition "${key}" has neither values nor notValues`);
      }
      for (const [path, message] of problemsOf(CONDITIONS_OF_POLICY, policy.spec, ['spec'])) report.at(policy, path, message);
    }
  },
};

const KNOWN = new RegExp('^(request\\.headers\\[[^\\]]+\\]|source\\.(ip|namespace|serviceAccount|principal|trustDomain)|remote\\.ip|request\\.auth\\.(principal|audiences|presenter)'
  + '|request\\.auth\\.claims(\\[[^\\]]+\\])+|destination\\.(ip|port)|connection\\.sni|experimental\\.envoy\\.filters\\.[^[]*\\[.+\\])$');

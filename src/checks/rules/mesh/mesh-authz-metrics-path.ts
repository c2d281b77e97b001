import { asTexts } from '../../../model/manifest';
import { authorizationPolicies, operationsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzMetricsPath: Rule = {
  id: 'MESH-AUTHZ-METRICS-PATH',
  level: Level.INFO,
  title: 'a policy lets Prometheus in to paths that no policy guards',
  why: 'the merged metrics on 15020 and 15090 do not pass the policies of the workload',
  fix: 'delete the rule, unless Prometheus has a sidecar and scrapes the application itself',
  source: 'istio prometheus merge',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { path, value } of operationsOf(policy)) {
        if (asTexts(value.paths).includes('/stats/prometheus')) report.at(policy, [...path, 'paths'], '/stats/prometheus is served beside the policies');
      }
    }
  },
};

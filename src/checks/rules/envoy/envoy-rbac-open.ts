import { rootOf, typed } from '../../../model/envoy';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyRbacOpen: Rule = {
  id: 'ENVOY-RBAC-OPEN',
  level: Level.WARNING,
  title: 'a policy of Envoy lets everybody do everything',
  why: 'policies of one filter add up: what one allows, no other can keep out',
  fix: 'name the callers in principals, or what may be called in permissions',
  source: 'envoy config.rbac.v3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'rbac.v3.RBAC')) {
        const rules = asObject(value.rules);
        for (const [name, policy] of ['', 'ALLOW', '0'].includes(asText(rules.action)) ? Object.entries<Json>(asObject(rules.policies)) : []) {
          const { permissions, principals, condition } = asObject(policy);
          const isOpen = condition === undefined && [permissions, principals].every(list => asObjects(list).some(one => one.any === true));
          if (isOpen) report.at(envoy, [...path, 'rules', 'policies', name], `policy ${name} allows any to any`);
        }
      }
    }
  },
};

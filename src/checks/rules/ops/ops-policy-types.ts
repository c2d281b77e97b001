import { asList, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPolicyTypes: Rule = {
  id: 'OPS-POLICY-TYPES',
  level: Level.ERROR,
  title: 'a NetworkPolicy has rules for a direction that it is not for',
  why: 'with policyTypes a policy is for the named directions only: the other rules are kept and do nothing, so what they should limit is open, or what they should open is closed',
  fix: 'add the direction to policyTypes, or remove the rules',
  source: 'Kubernetes NetworkPolicySpec.policyTypes',
  check: (system, report) => {
    for (const policy of system.all('NetworkPolicy').filter(({ group }) => group === 'networking.k8s.io')) {
      const types = asTexts(policy.spec.policyTypes);
      for (const [field, type] of types.length === 0 ? [] : [['ingress', 'Ingress'], ['egress', 'Egress']]) {
        if (asList(policy.spec[field]).length > 0 && !types.includes(type)) report.at(policy, ['spec', field], `policyTypes is ${types.join(', ')}: the ${field} rules do nothing`);
      }
    }
  },
};

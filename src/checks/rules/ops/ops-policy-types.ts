import { asList, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPolicyTypes: Rule = {
  id: 'OPS-POLICY-TYPES',
  level: Level.WARNING,
  title: 'a NetworkPolicy has rules for a direction that its policyTypes leave out',
  why: 'the rules are ignored: they open nothing beside a policy that closes all, and close nothing by themselves',
  fix: 'name Ingress and Egress in policyTypes as far as there are rules for them, or leave policyTypes out',
  source: 'Kubernetes: NetworkPolicySpec.policyTypes',
  check: (system, report) => {
    for (const policy of system.all('NetworkPolicy').filter(({ group, spec }) => group === 'networking.k8s.io' && Array.isArray(spec.policyTypes))) {
      for (const [direction, type] of [['ingress', 'Ingress'], ['egress', 'Egress']]) {
        const types = asTexts(policy.spec.policyTypes);
        if (types.length === 0 || types.includes(type) || asList(policy.spec[direction]).length === 0) continue;
        report.at(policy, ['spec', direction], `policyTypes are ${types.join(', ')}: the rules of ${direction} are ignored`);
      }
    }
  },
};

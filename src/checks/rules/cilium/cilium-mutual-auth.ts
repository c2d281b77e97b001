import { asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumMutualAuth: Rule = {
  id: 'CILIUM-MUTUAL-AUTH',
  level: Level.WARNING,
  title: 'mutual authentication of Cilium is going away',
  why: 'Cilium 1.20 deprecates it and the SPIRE it brings along; it never encrypted',
  fix: 'use ztunnel encryption, or a mesh',
  source: 'cilium issue 47132',
  check: (system, report) => {
    for (const values of system.ciliumValues) {
      const { spire } = asObject(asObject(values.value.authentication).mutual);
      if (asObject(spire).enabled === true) report.at(values, ['authentication', 'mutual', 'spire', 'enabled'], 'authentication.mutual.spire.enabled: true');
    }
    for (const kind of ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']) {
      for (const policy of system.all(kind)) {
        for (const direction of ['ingress', 'egress']) {
          asObjects(policy.spec[direction]).forEach((rule, i) => asObject(rule.authentication).mode === 'required' && report.at(policy, ['spec', direction, i, 'authentication'], 'authentication.mode: required'));
        }
      }
    }
  },
};

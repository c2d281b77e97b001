import { asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumAlwaysFail: Rule = {
  id: 'CILIUM-ALWAYS-FAIL',
  level: Level.WARNING,
  title: 'a policy of Cilium drops everything that it takes',
  why: 'test-always-fail is for tests of Cilium: no handshake ever succeeds',
  fix: 'write mode: required',
  source: 'cilium.io/v2 CiliumNetworkPolicy, AuthenticationMode',
  check: (system, report) => {
    for (const policy of [...system.all('CiliumNetworkPolicy'), ...system.all('CiliumClusterwideNetworkPolicy')]) {
      for (const direction of ['ingress', 'egress']) {
        asObjects(policy.spec[direction]).forEach((rule, i) => {
          if (asObject(rule.authentication).mode === 'test-always-fail') report.at(policy, ['spec', direction, i, 'authentication', 'mode'], 'mode is test-always-fail');
        });
      }
    }
  },
};

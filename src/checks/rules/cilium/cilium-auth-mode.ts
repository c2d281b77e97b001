import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumAuthMode: Rule = {
  id: 'CILIUM-AUTH-MODE',
  level: Level.ERROR,
  title: 'a policy of Cilium asks for authentication in a form that does not exist',
  why: 'the API server refuses the policy',
  fix: 'write authentication: {mode: required}, with one of disabled, required and test-always-fail',
  source: 'cilium.io/v2 CiliumNetworkPolicy',
  check: (system, report) => {
    for (const policy of [...system.all('CiliumNetworkPolicy'), ...system.all('CiliumClusterwideNetworkPolicy')]) {
      for (const direction of ['ingress', 'egress']) {
        asObjects(policy.spec[direction]).forEach((rule, i) => {
          const { authentication } = rule;
          const mode = asText(asObject(authentication).mode);
          const path = ['spec', direction, i, 'authentication'];
          if (Array.isArray(authentication)) report.at(policy, path, 'authentication is a list');
          else if (authentication !== undefined && !MODES.includes(mode)) report.at(policy, path, `mode "${mode}" is none of ${MODES.join(', ')}`);
        });
      }
    }
  },
};

const MODES = ['disabled', 'required', 'test-always-fail'];

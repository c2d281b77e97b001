import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaXfcc: Rule = {
  id: 'OPA-XFCC',
  level: Level.WARNING,
  title: 'a policy takes the caller from a header',
  why: 'x-forwarded-client-cert is removed by default, and cut at URI= it takes the rest of the header too',
  fix: 'use input.attributes.source.principal',
  source: 'observed: OPA 1.22 with Envoy 1.40',
  check: (system, report) => {
    for (const rego of system.regos) {
      rego.text.split('\n').forEach((line, i) => /x-forwarded-client-cert/.test(line) && report.in(rego, i + 1, 'the caller is read out of x-forwarded-client-cert'));
    }
  },
};

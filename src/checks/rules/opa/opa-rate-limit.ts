import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaRateLimit: Rule = {
  id: 'OPA-RATE-LIMIT',
  level: Level.WARNING,
  title: 'a policy should limit rates',
  why: 'OPA has no counters, and nothing reads the rule',
  fix: 'use Envoy\'s local or global rate limit',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const rego of system.regos) {
      rego.text.split('\n').forEach((line, i) => /^\s*rate_limit\b.*[\[{]/.test(line) && report.in(rego, i + 1, 'rate_limit is read by nobody'));
    }
  },
};

import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaOpenDefault: Rule = {
  id: 'OPA-OPEN-DEFAULT',
  level: Level.WARNING,
  title: 'a policy allows what no rule speaks about',
  why: 'a request that a rule forgets, or whose input is not there, is let in',
  fix: 'write default allow := false, and rules that allow',
  source: 'OPA policy language: default keyword',
  check: (system, report) => {
    for (const rego of system.regos) {
      if (!/\binput\.(attributes|parsed_path|source_principal)\b/.test(rego.text)) continue;
      rego.text.split('\n').forEach((line, i) => /^\s*default\s+allow\s*:?=\s*true\b/.test(line) && report.in(rego, i + 1, 'default allow is true'));
    }
  },
};

import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUnreadable: Rule = {
  id: 'ENVOY-UNREADABLE',
  level: Level.ERROR,
  title: 'a ConfigMap holds a bootstrap of Envoy that is no YAML',
  why: 'the API server takes any text, and Envoy does not start',
  fix: 'correct the text',
  source: 'envoy: bootstrap in YAML or JSON',
  check: (system, report) => {
    for (const { text, problem } of system.brokenEnvoys) report.in(text, problem.line, `not understood: ${problem.reason}`);
  },
};

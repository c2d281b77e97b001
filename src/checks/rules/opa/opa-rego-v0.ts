import { bodiesOf } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaRegoV0: Rule = {
  id: 'OPA-REGO-V0',
  level: Level.ERROR,
  title: 'a policy is in the old language of OPA',
  why: 'OPA 1.0 and later refuse it: rules need "if", sets need "contains"',
  fix: 'write allow if { … } and x contains y if { … }',
  source: 'observed: OPA 1.22',
  check: (system, report) => {
    if (system.regos.length === 0) return;
    if (system.workloads.some(workload => workload.containers.some(container => container.script.includes('--v0-compatible')))) return;
    for (const rego of system.regos) {
      for (const { line, head } of bodiesOf(rego.text).filter(({ kind }) => kind !== 'if')) {
        report.in(rego, line, `"${head.replace(/\s+/g, ' ').slice(-60)} {" lacks ${/^\w+\[/.test(head) ? 'contains and if' : 'if'}`);
      }
    }
  },
};

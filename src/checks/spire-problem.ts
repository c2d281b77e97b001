import { Rule } from './rule';
import { Severity, Topic } from '../model/spire/problems';

/** A rule that tells what the reader of SPIRE's configurations said about a topic. */
export function spireProblem(topic: Topic, severity: Severity, about: Omit<Rule, 'check'>): Rule {
  return {
    ...about,
    check: (system, report) => {
      for (const program of [...system.servers, ...system.agents, ...system.oidcProviders]) {
        for (const problem of program.problems.list) {
          if (problem.topic === topic && problem.severity === severity) report.in(program.text, problem.position.line, problem.message, problem.fix);
        }
      }
    },
  };
}

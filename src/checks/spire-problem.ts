import { Rule } from './rule';
import { Problem, Severity, Topic } from '../model/spire/problems';

/** A rule that tells what the reader of SPIRE's configurations said about a topic. */
export function spireProblem(topic: Topic, severity: Severity, about: Omit<Rule, 'check'>): Rule {
  return {
    ...about,
    check: (system, report) => {
      for (const program of [...system.servers, ...system.agents, ...system.oidcProviders]) {
        for (const problem of program.problems.list) {
          if (problem.topic !== topic || problem.severity !== severity || !program.workload && isOfWindows(problem, program.text.text)) continue;
          report.in(program.text, problem.position.line, problem.message, problem.fix);
        }
      }
    },
  };
}

/** Whether only the system is wrong: a file that no pod is seen to mount, and that names no path of Linux, may be for Windows. */
function isOfWindows({ message }: Problem, text: string): boolean {
  return message.endsWith('works on Windows only') && !/[=:]\s*"(unix:\/\/)?\/(run|tmp|opt|var|etc)\//.test(text);
}

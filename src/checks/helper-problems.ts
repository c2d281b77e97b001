import { Report } from './report';
import { versionOf } from '../model/spire/images';
import { Severity } from '../model/spire/problems';
import { System } from '../model/system';

/** Tells what the reader of spiffe-helper's configurations said. Before version 0.9 the helper had other keys, and did not look for unknown ones. */
export function helperProblems(system: System, severity: Severity, report: Report): void {
  for (const { text, container, problems } of system.helpers) {
    const version = container && versionOf(container.image);
    if (version && version.major === 0 && version.minor < 9) continue;
    for (const problem of problems.list) {
      if (problem.severity === severity) report.in(text, problem.position.line, problem.message, problem.fix);
    }
  }
}

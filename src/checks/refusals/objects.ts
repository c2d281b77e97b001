import { Judges, problemsOf } from './places';
import { fileOf, patchFiles } from '../../model/kustomize';
import { System } from '../../model/system';
import { Report } from '../report';

/** Tells what there is against the objects of a kind; a patch is no whole object, and what it is put into is judged by itself. */
export function judgeAll(system: System, report: Report, [group, kind]: readonly [group: string, kind: string], judges: Judges): void {
  for (const object of system.all(kind)) {
    if (object.group !== group || patchFiles(system).has(fileOf(object))) continue;
    for (const [path, message] of problemsOf(judges, object.spec, ['spec'])) report.at(object, path, message);
  }
}

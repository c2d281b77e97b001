import { fileOf, patchFiles } from '../../../model/kustomize';
import { Level } from '../../finding';
import { WARNED_OF, warningsOf } from '../../refusals/traffic/warnings';
import { Rule } from '../../rule';

export const meshIstioWarns: Rule = {
  id: 'MESH-ISTIO-WARNS',
  level: Level.WARNING,
  title: 'Istio takes an object, and warns that a part of it does not do what it says',
  why: 'istiod\'s webhook answers with a warning, which nobody sees where a controller applies the object',
  fix: 'remove the part, or write what makes it work',
  source: 'istio pkg/config/validation/validation.go, warnings',
  check: (system, report) => {
    for (const kind of WARNED_OF) {
      for (const object of system.all(kind)) {
        if (object.group !== 'networking.istio.io' || patchFiles(system).has(fileOf(object))) continue;
        for (const [path, message] of warningsOf(kind, object.spec)) report.at(object, path, message);
      }
    }
  },
};

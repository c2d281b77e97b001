import { Level } from '../../finding';
import { istioProblems } from '../../refusals/traffic/metadata';
import { serviceEntryProblems } from '../../refusals/traffic/service-entry';
import { Rule } from '../../rule';

export const meshServiceEntryShape: Rule = {
  id: 'MESH-SERVICE-ENTRY-SHAPE',
  level: Level.ERROR,
  title: 'a ServiceEntry has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it: callers do not get to know the host',
  fix: 'correct the ServiceEntry',
  source: 'istio pkg/config/validation/validation.go, ValidateServiceEntry',
  check: (system, report) => {
    for (const [object, path, message] of istioProblems(system, 'ServiceEntry', serviceEntryProblems)) report.at(object, path, message);
  },
};

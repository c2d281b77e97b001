import { Level } from '../../finding';
import { destinationRuleProblems } from '../../refusals/traffic/destination-rule';
import { istioProblems } from '../../refusals/traffic/metadata';
import { Rule } from '../../rule';

export const meshDestinationRuleShape: Rule = {
  id: 'MESH-DESTINATION-RULE-SHAPE',
  level: Level.ERROR,
  title: 'a DestinationRule has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it: callers keep the settings that they have, or have none',
  fix: 'correct the DestinationRule',
  source: 'istio pkg/config/validation/validation.go, ValidateDestinationRule',
  check: (system, report) => {
    for (const [object, path, message] of istioProblems(system, 'DestinationRule', destinationRuleProblems)) report.at(object, path, message);
  },
};

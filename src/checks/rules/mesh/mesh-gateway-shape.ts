import { Level } from '../../finding';
import { gatewayProblems } from '../../refusals/traffic/gateway';
import { istioProblems } from '../../refusals/traffic/metadata';
import { Rule } from '../../rule';

export const meshGatewayShape: Rule = {
  id: 'MESH-GATEWAY-SHAPE',
  level: Level.ERROR,
  title: 'a Gateway has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it: the gateway keeps the servers that it has, or opens none',
  fix: 'correct the Gateway',
  source: 'istio pkg/config/validation/validation.go, ValidateGateway',
  check: (system, report) => {
    for (const [object, path, message] of istioProblems(system, 'Gateway', gatewayProblems)) report.at(object, path, message);
  },
};

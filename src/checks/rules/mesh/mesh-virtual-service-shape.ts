import { Level } from '../../finding';
import { istioProblems } from '../../refusals/traffic/metadata';
import { virtualServiceProblems } from '../../refusals/traffic/virtual-service';
import { Rule } from '../../rule';

export const meshVirtualServiceShape: Rule = {
  id: 'MESH-VIRTUAL-SERVICE-SHAPE',
  level: Level.ERROR,
  title: 'a VirtualService has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it: callers keep the routes that they have, or have none',
  fix: 'correct the VirtualService',
  source: 'istio pkg/config/validation/virtualservice.go',
  check: (system, report) => {
    for (const [object, path, message] of istioProblems(system, 'VirtualService', virtualServiceProblems)) report.at(object, path, message);
  },
};

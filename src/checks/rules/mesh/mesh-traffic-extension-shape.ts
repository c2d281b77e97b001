import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { TRAFFIC_EXTENSION } from '../../refusals/wasm';
import { Rule } from '../../rule';

export const meshTrafficExtensionShape: Rule = {
  id: 'MESH-TRAFFIC-EXTENSION-SHAPE',
  level: Level.ERROR,
  title: 'a TrafficExtension has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'give it one of wasm and lua, with the URL of a module or with code',
  source: 'istio pkg/config/validation/validation.go, ValidateTrafficExtension; TrafficExtension CRD',
  check: (system, report) => judgeAll(system, report, ['extensions.istio.io', 'TrafficExtension'], TRAFFIC_EXTENSION),
};

import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { Judges, text } from '../../refusals/places';
import { Rule } from '../../rule';

export const meshProxyConfigShape: Rule = {
  id: 'MESH-PROXY-CONFIG-SHAPE',
  level: Level.ERROR,
  title: 'a ProxyConfig has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'shorten the value, or read it from a file',
  source: 'istio pkg/config/validation/validation.go, ValidateProxyConfig; ProxyConfig CRD',
  check: (system, report) => judgeAll(system, report, ['networking.istio.io', 'ProxyConfig'], PROXY_CONFIG),
};

const LONGEST = 2048;
const PROXY_CONFIG: Judges = {
  'environmentVariables.*': text(value => value.length > LONGEST ? `the value has ${value.length} characters: ${LONGEST} are taken at most` : undefined),
};

import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { REQUEST_AUTHENTICATION } from '../../refusals/request-authentication';
import { Rule } from '../../rule';

export const meshRequestAuthenticationShape: Rule = {
  id: 'MESH-REQUEST-AUTHENTICATION-SHAPE',
  level: Level.ERROR,
  title: 'a RequestAuthentication has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'remove what is empty, and write names of headers and durations as they are',
  source: 'istio pkg/config/validation/validation.go, validateJwtRule; RequestAuthentication CRD',
  check: (system, report) => judgeAll(system, report, ['security.istio.io', 'RequestAuthentication'], REQUEST_AUTHENTICATION),
};

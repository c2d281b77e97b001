import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { TELEMETRY } from '../../refusals/telemetry';
import { Rule } from '../../rule';

export const meshTelemetryShape: Rule = {
  id: 'MESH-TELEMETRY-SHAPE',
  level: Level.ERROR,
  title: 'a Telemetry has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'name the provider, give each tag a value, and write the filter in CEL, such as response.code >= 400',
  source: 'istio pkg/config/validation/validation.go, ValidateTelemetry; Telemetry CRD',
  check: (system, report) => judgeAll(system, report, ['telemetry.istio.io', 'Telemetry'], TELEMETRY),
};

import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { SIDECAR } from '../../refusals/sidecar';
import { Rule } from '../../rule';

export const meshSidecarShape: Rule = {
  id: 'MESH-SIDECAR-SHAPE',
  level: Level.ERROR,
  title: 'a Sidecar has a form that Istio refuses',
  why: 'istiod\'s webhook refuses it',
  fix: 'correct the listener: ports once, addresses for bind, files for TLS, namespace/name for hosts',
  source: 'istio pkg/config/validation/validation.go, ValidateSidecar',
  check: (system, report) => judgeAll(system, report, ['networking.istio.io', 'Sidecar'], SIDECAR),
};

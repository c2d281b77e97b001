import { Level } from '../../finding';
import { ENVOY_FILTER } from '../../refusals/envoy-filter';
import { judgeAll } from '../../refusals/objects';
import { Rule } from '../../rule';

export const meshEnvoyFilterShape: Rule = {
  id: 'MESH-ENVOY-FILTER-SHAPE',
  level: Level.ERROR,
  title: 'an EnvoyFilter has a form that Istio refuses',
  why: 'istiod\'s webhook refuses it',
  fix: 'say what is patched (applyTo), where (match of the same kind), and how (patch.operation, patch.value)',
  source: 'istio pkg/config/validation/envoyfilter/envoyfilter.go',
  check: (system, report) => judgeAll(system, report, ['networking.istio.io', 'EnvoyFilter'], ENVOY_FILTER),
};

import { clustersOf } from '../../../model/envoy';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNoEndpoints: Rule = {
  id: 'ENVOY-NO-ENDPOINTS',
  level: Level.ERROR,
  title: 'a cluster has no endpoints',
  why: 'Envoy accepts it, and every request gets 503',
  fix: 'add load_assignment',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        if (!['STRICT_DNS', 'STATIC', 'LOGICAL_DNS', ''].includes(asText(value.type).toUpperCase()) || value.cluster_type !== undefined || value.eds_cluster_config !== undefined) continue;
        if (asObjects(asObject(value.load_assignment).endpoints).length === 0) report.at(envoy, path, `cluster ${asText(value.name)} has no endpoints`);
      }
    }
  },
};

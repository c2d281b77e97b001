import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyClusterManager: Rule = {
  id: 'ENVOY-CLUSTER-MANAGER',
  level: Level.ERROR,
  title: 'cluster_manager has a field that does not exist',
  why: 'Envoy does not start',
  fix: 'split_external_local_origin_errors belongs to outlier_detection of a cluster',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const outlier = asObject(asObject(asObject(envoy.value).cluster_manager).outlier_detection);
      for (const field of Object.keys(outlier)) {
        if (field !== 'event_log_path' && field !== 'event_service') report.at(envoy, ['cluster_manager', 'outlier_detection', field], `cluster_manager.outlier_detection has no field ${field}`);
      }
    }
  },
};

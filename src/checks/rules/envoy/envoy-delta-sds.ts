import { under } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyDeltaSds: Rule = {
  id: 'ENVOY-DELTA-SDS',
  level: Level.ERROR,
  title: 'secrets are fetched with delta gRPC',
  why: 'SPIRE does not implement it: Envoy validates the file and gets no secret',
  fix: 'use api_type: GRPC',
  source: 'observed: Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of under(envoy, 'sds_config')) {
        const type = asText(asObject(asObject(value).api_config_source).api_type);
        if (type === 'DELTA_GRPC' || type === 'REST') report.at(envoy, [...path, 'api_config_source', 'api_type'], `api_type ${type}`);
      }
    }
  },
};

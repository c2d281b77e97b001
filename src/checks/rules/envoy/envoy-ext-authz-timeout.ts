import { rootOf, typed } from '../../../model/envoy';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyExtAuthzTimeout: Rule = {
  id: 'ENVOY-EXT-AUTHZ-TIMEOUT',
  level: Level.INFO,
  title: 'an authorization filter has no timeout of its own',
  why: 'Envoy waits for 200 ms: an answer that takes longer, as after a start, is a denial',
  fix: 'set grpc_service.timeout',
  source: 'envoy ext_authz.proto',
  check: (system, report) => {
    for (const envoy of [...system.envoys, ...system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')]) {
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        if (value.grpc_service !== undefined && asObject(value.grpc_service).timeout === undefined) {
          report.at(envoy, [...path, 'grpc_service'], 'there is no timeout, so that Envoy waits for 200 ms');
        }
      }
    }
  },
};

import { rootOf, typed } from '../../../model/envoy';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyExtAuthz: Rule = {
  id: 'ENVOY-EXT-AUTHZ',
  level: Level.WARNING,
  title: 'an authorization filter is not complete',
  why: 'without a timeout an answer that takes 200 ms, as after a start, is a denial; failure_mode_allow lets everything in when the service is down',
  fix: 'set transport_api_version: V3, a timeout, and failure_mode_allow: false',
  source: 'envoy ext_authz.proto',
  check: (system, report) => {
    for (const envoy of [...system.envoys, ...system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')]) {
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        if (value.failure_mode_allow === true) report.at(envoy, [...path, 'failure_mode_allow'], 'failure_mode_allow: true');
        if (value.grpc_service !== undefined && value.transport_api_version !== 'V3') report.at(envoy, path, 'transport_api_version is not V3');
        if (value.grpc_service !== undefined && asObject(value.grpc_service).timeout === undefined) report.at(envoy, [...path, 'grpc_service'], 'there is no timeout, so that Envoy waits for 200 ms');
      }
    }
  },
};

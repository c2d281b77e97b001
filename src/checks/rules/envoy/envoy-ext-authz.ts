import { rootOf, typed } from '../../../model/envoy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyExtAuthz: Rule = {
  id: 'ENVOY-EXT-AUTHZ',
  level: Level.WARNING,
  title: 'an authorization filter fails open, or asks in an old way',
  why: 'failure_mode_allow lets everything in when the service is down; Envoy refuses V2 of the API',
  fix: 'set failure_mode_allow: false, and transport_api_version: V3',
  source: 'envoy ext_authz.proto',
  check: (system, report) => {
    for (const envoy of [...system.envoys, ...system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')]) {
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        if (value.failure_mode_allow === true) report.at(envoy, [...path, 'failure_mode_allow'], 'failure_mode_allow: true');
        if (value.transport_api_version === 'V2') report.at(envoy, [...path, 'transport_api_version'], 'transport_api_version is V2');
      }
    }
  },
};

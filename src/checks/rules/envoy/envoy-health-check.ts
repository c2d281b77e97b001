import { clustersOf } from '../../../model/envoy';
import { asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyHealthCheck: Rule = {
  id: 'ENVOY-HEALTH-CHECK',
  level: Level.ERROR,
  title: 'a health check has a form that Envoy refuses',
  why: 'Envoy does not start',
  fix: 'write http_health_check: {path: …}',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        asObjects(value.health_checks).forEach((check, i) => {
          const at = [...path, 'health_checks', i];
          if (check.path !== undefined) report.at(envoy, [...at, 'path'], 'a health check has no field path');
          else if (!['http_health_check', 'tcp_health_check', 'grpc_health_check', 'custom_health_check'].some(name => check[name] !== undefined)) report.at(envoy, at, 'a health check without a checker');
        });
      }
    }
  },
};

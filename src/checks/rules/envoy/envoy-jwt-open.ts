import { rootOf, typed } from '../../../model/envoy';
import { Json, asList, asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyJwtOpen: Rule = {
  id: 'ENVOY-JWT-OPEN',
  level: Level.WARNING,
  title: 'jwt_authn lets in who should not be',
  why: 'without rules no token is asked for; without audiences a token that was made for another service is good here too',
  fix: 'add a rule with requires for each route, and the audiences of this service to each provider',
  source: 'envoy jwt_authn/v3/config.proto',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'jwt_authn.v3.JwtAuthentication')) {
        const isAsked = asList(value.rules).length > 0 || value.filter_state_rules !== undefined || value.requirement_map !== undefined;
        if (!isAsked) report.at(envoy, path, 'there are no rules, so no request needs a token');
        for (const [name, provider] of Object.entries<Json>(asObject(value.providers))) {
          if (asList(asObject(provider).audiences).length === 0) report.at(envoy, [...path, 'providers', name], `provider "${name}" has no audiences`);
        }
      }
    }
  },
};

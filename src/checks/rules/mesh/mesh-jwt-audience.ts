import { asList, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshJwtAudience: Rule = {
  id: 'MESH-JWT-AUDIENCE',
  level: Level.WARNING,
  title: 'a RequestAuthentication takes tokens for any audience',
  why: 'a token made for another service is taken here as well',
  fix: 'set audiences',
  source: 'istio RequestAuthentication',
  check: (system, report) => {
    for (const request of system.all('RequestAuthentication')) {
      asObjects(request.spec.jwtRules).forEach((rule, i) => asList(rule.audiences).length === 0 && report.at(request, ['spec', 'jwtRules', i], `issuer "${asText(rule.issuer)}" without audiences`));
    }
  },
};

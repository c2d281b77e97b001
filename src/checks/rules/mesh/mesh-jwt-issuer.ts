import { asObjects, asText } from '../../../model/manifest';
import { spireIssuers } from '../../../model/spire/issuers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshJwtIssuer: Rule = {
  id: 'MESH-JWT-ISSUER',
  level: Level.ERROR,
  title: 'a RequestAuthentication does not fit SPIRE\'s issuer',
  why: 'every JWT-SVID is refused: the issuer must be equal letter by letter, and the keys are at …/keys',
  fix: 'use SPIRE\'s jwt_issuer, and <issuer>/keys as jwksUri',
  source: 'support/oidc-discovery-provider/handler.go; observed runs',
  check: (system, report) => {
    const issuers = spireIssuers(system);
    for (const request of issuers.length > 0 ? system.all('RequestAuthentication') : []) {
      asObjects(request.spec.jwtRules).forEach((rule, i) => {
        const issuer = asText(rule.issuer);
        const keys = issuers.find(candidate => asText(rule.jwksUri) === `${candidate.replace(/\/$/, '')}/keys`);
        const near = issuers.find(candidate => hostOf(candidate) === hostOf(issuer)) ?? keys;
        if (near === undefined) return;
        if (issuer !== near) report.at(request, ['spec', 'jwtRules', i, 'issuer'], `issuer "${issuer}" is not "${near}"`);
        const uri = asText(rule.jwksUri);
        // MESH-JWT-KEYS tells of the discovery document
        if (hostOf(uri) === hostOf(near) && !/\/keys$|\/\.well-known\/openid-configuration\/?$/.test(uri)) report.at(request, ['spec', 'jwtRules', i, 'jwksUri'], `jwksUri "${uri}" does not end in /keys`);
      });
    }
  },
};

function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '');
}

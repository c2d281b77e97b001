import { goUrlFault } from '../../../formats/go-url';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { keySetRefusal } from '../../refusals/jwks';
import { Rule } from '../../rule';
import { SERVER_API } from '../../vault-jwt';

export const meshJwtKeys: Rule = {
  id: 'MESH-JWT-KEYS',
  level: Level.ERROR,
  title: 'a RequestAuthentication gets no usable keys',
  why: 'the API server or istiod refuses the rule, or istiod finds no key in what it gets: every token is refused',
  fix: 'give jwksUri with the URL of the keys, <issuer>/keys with SPIRE, or jwks with a JSON object that has keys',
  source: 'istio pkg/config/validation/validation.go, validateJwtRule; RequestAuthentication CRD, x-kubernetes-validations; pilot/pkg/model/jwks_resolver.go',
  check: (system, report) => {
    for (const request of system.all('RequestAuthentication')) {
      asObjects(request.spec.jwtRules).forEach((rule, i) => {
        const path = ['spec', 'jwtRules', i];
        const uri = uriOf(rule);
        const keys = asText(rule.jwks);
        if (asText(rule.issuer) === '' && uri === '') report.at(request, path, 'there is neither issuer nor jwksUri: whose tokens are meant is not said', 'set issuer, the iss of the tokens');
        if (uri !== '' && keys !== '') report.at(request, [...path, 'jwks'], 'jwksUri beside jwks: only one of them may be there');
        if (uri !== '' && !isUrl(uri) && !isFilledIn(uri)) report.at(request, [...path, 'jwksUri'], `jwksUri "${uri}" is no http or https URL`);
        if (/\/\.well-known\/openid-configuration\/?$/.test(uri)) report.at(request, [...path, 'jwksUri'], `jwksUri "${uri}" is the discovery document, which has no keys in it`);
        if (SERVER_API.test(uri)) report.at(request, [...path, 'jwksUri'], `jwksUri "${uri}" is the API of the SPIRE server, which has no keys for others`, 'name the OIDC discovery provider, <issuer>/keys');
        const refusal = keys === '' || isFilledIn(keys) ? undefined : keySetRefusal(keys);
        if (refusal !== undefined) report.at(request, [...path, 'jwks'], refusal);
      });
    }
  },
};

function isUrl(uri: string): boolean {
  return /^https?:\/\/[^/]/i.test(uri) && goUrlFault(uri) === undefined;
}

function uriOf(rule: Json): string {
  return asText(rule.jwksUri) || asText(rule.jwks_uri);
}

import { Judges, isUnset, text } from './places';
import { durationLengthRefusal, emptyRefusal, headerNameRefusal } from '../../model/mesh/refused-forms';

const LONGEST_URL = 2048;

/** What Istio refuses in a RequestAuthentication beside its keys, which MESH-JWT-KEYS tells of. */
export const REQUEST_AUTHENTICATION: Judges = {
  'jwtRules.*': ({ issuer, jwksUri }) => issuer === '' && !isUnset(jwksUri) ? 'the issuer is empty: remove it, or write the iss of the tokens' : undefined,
  'jwtRules.*.audiences|fromParams|fromCookies|spaceDelimitedClaims.*': text(emptyRefusal),
  'jwtRules.*.fromHeaders.*.name': text(emptyRefusal),
  'jwtRules.*.outputClaimToHeaders.*.claim': text(emptyRefusal),
  'jwtRules.*.outputClaimToHeaders.*.header': text(name => emptyRefusal(name) ?? headerNameRefusal(name)),
  'jwtRules.*.jwksUri|jwks_uri': text(uri => uri.length > LONGEST_URL ? `a URL of ${uri.length} characters: ${LONGEST_URL} are taken at most` : undefined),
  'jwtRules.*.timeout': text(durationLengthRefusal),
};

import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshJwtPrivateKey: Rule = {
  id: 'MESH-JWT-PRIVATE-KEY',
  level: Level.WARNING,
  title: 'a RequestAuthentication has a private key in it',
  why: 'whoever reads the object can sign tokens: public keys verify them',
  fix: 'leave the public parts only, which are kty, kid, alg, n and e, or crv, x and y, and make a new key',
  source: 'istio pkg/config/validation/validation.go, warnPrivateJwksKeys',
  check: (system, report) => {
    for (const request of system.all('RequestAuthentication')) {
      asObjects(request.spec.jwtRules).forEach((rule, i) => {
        const found = keysOf(asText(rule.jwks)).findIndex(({ kty, d }) => kty === 'oct' || typeof d === 'string');
        if (found >= 0) report.at(request, ['spec', 'jwtRules', i, 'jwks'], `key ${found} of jwks is a private key`);
      });
    }
  },
};

function keysOf(text: string): { kty?: unknown; d?: unknown }[] {
  try {
    return asObjects(asObject(JSON.parse(text)).keys);
  } catch {
    return [];
  }
}

import { rootOf, typed } from '../../../model/envoy';
import { Json, Path, asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyJwtProvider: Rule = {
  id: 'ENVOY-JWT-PROVIDER',
  level: Level.ERROR,
  title: 'a rule of jwt_authn wants a provider that is not defined',
  why: 'Envoy refuses the filter, and with it the listener',
  fix: 'write the name of one of the providers of the same filter',
  source: 'envoy jwt_authn/v3/config.proto; source/extensions/filters/http/jwt_authn/verifier.cc',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'jwt_authn.v3.JwtAuthentication')) {
        const known = Object.keys(asObject(value.providers));
        for (const [at, name] of wanted({ rules: value.rules, requirement_map: value.requirement_map })) {
          if (!known.includes(name)) report.at(envoy, [...path, ...at], `provider "${name}" is not defined: ${known.join(', ') || 'there is none'}`);
        }
      }
    }
  },
};

/** The names of providers that rules ask for. */
function wanted(value: Json, at: Path = []): [Path, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, inner]): [Path, string][] => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return key === 'provider_name' && typeof inner === 'string' ? [[path, inner]] : wanted(inner, path);
  });
}

import { asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzRequestPrincipal: Rule = {
  id: 'MESH-AUTHZ-REQUEST-PRINCIPAL',
  level: Level.ERROR,
  title: 'a request principal can never match',
  why: 'Istio splits at the last slash: the issuer and the SPIFFE ID of a JWT-SVID are cut in the wrong place, and */* wants the subject *',
  fix: 'write when: [{key: "request.auth.claims[sub]", values: ["spiffe://…"]}]',
  source: 'istio pilot/pkg/security/authz/model/generator.go; observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const clauses = [...sourcesOf(policy).flatMap(({ path, value }) => ['requestPrincipals', 'notRequestPrincipals'].map(field => ({ path: [...path, field], texts: asTexts(value[field]) }))),
        ...conditionsOf(policy).filter(({ value }) => asText(value.key) === 'request.auth.principal').map(({ path, value }) => ({ path: [...path, 'values'], texts: asTexts(value.values) }))];
      for (const { path, value } of conditionsOf(policy).filter(one => asText(one.value.key) === 'request.auth.claims[sub]')) {
        asTexts(value.values).forEach((text, i) => /^[a-z0-9._-]+\/ns\/[^/]+\/sa\//.test(text) && report.at(policy, [...path, 'values', i], `subject "${text}" has no spiffe:// in front`));
      }
      for (const { path, texts } of clauses) {
        texts.forEach((text, i) => text === '*/*' && report.at(policy, [...path, i], 'request principal "*/*" matches nobody', 'write "*" for every verified token'));
        texts.forEach((text, i) => /.\/?spiffe:\/\//.test(text) && report.at(policy, [...path, i], `request principal "${text}" holds a SPIFFE ID`));
      }
    }
  },
};

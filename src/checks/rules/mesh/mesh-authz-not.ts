import { Json, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { isStrict } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzNot: Rule = {
  id: 'MESH-AUTHZ-NOT',
  level: Level.WARNING,
  title: 'an ALLOW rule lets in callers that have no identity',
  why: 'who has no certificate or token is "not" anybody: notPrincipals, notNamespaces and notValues of a claim are true for it',
  fix: 'add what callers must have, such as principals: ["*"], to the same source, or write the exception as a DENY policy',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system).filter(({ spec }) => (spec.action ?? 'ALLOW') === 'ALLOW')) {
      asObjects(policy.spec.rules).forEach((rule, i) => {
        for (const [path, name, who] of openings(rule, ['spec', 'rules', i], isStrict(system, policy.namespace))) {
          report.at(policy, path, `${name} is true for callers without ${who}`);
        }
      });
    }
  },
};

const CERTIFICATE = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains'];
const NEGATIVE = ['notPrincipals', 'notNamespaces', 'notServiceAccounts', 'notTrustDomains'];
const CERTIFICATE_KEY = /^source\.(principal|namespace|serviceAccount|trustDomain)$/;

function openings(rule: Json, path: Path, strict: boolean): [Path, string, string][] {
  const found: [Path, string, string][] = [];
  const conditions = asObjects(rule.when);
  const sources = asObjects(rule.from).map(from => asObject(from.source));
  const asks = (pattern: RegExp): boolean => conditions.some(({ key, values }) => pattern.test(asText(key)) && asList(values).length > 0);
  const hasCertificate = strict || asks(CERTIFICATE_KEY);
  const hasToken = asks(/^request\.auth\./);
  sources.forEach((source, j) => {
    const has = (fields: string[]): string | undefined => fields.find(field => asList(source[field]).length > 0);
    const place: Path = [...path, 'from', j, 'source'];
    const negative = has(NEGATIVE);
    if (negative && !hasCertificate && !hasToken && !has([...CERTIFICATE, 'requestPrincipals'])) found.push([[...place, negative], negative, 'a certificate']);
    if (has(['notRequestPrincipals']) && !hasToken && !has(['requestPrincipals', ...CERTIFICATE])) found.push([[...place, 'notRequestPrincipals'], 'notRequestPrincipals', 'a token']);
  });
  const everySource = (fields: string[]): boolean => sources.length > 0
    && sources.every(source => fields.some(field => asList(source[field]).length > 0));
  conditions.forEach((condition, j) => {
    if (asList(condition.notValues).length === 0 || asList(condition.values).length > 0) return;
    const key = asText(condition.key);
    const where: Path = [...path, 'when', j, 'notValues'];
    const asksNobody = !hasToken && !everySource(['requestPrincipals', ...CERTIFICATE]);
    if (/^request\.auth\./.test(key) && asksNobody) found.push([where, `notValues of ${key}`, 'a token']);
    if (CERTIFICATE_KEY.test(key) && !hasCertificate && asksNobody) found.push([where, `notValues of ${key}`, 'a certificate']);
  });
  return found;
}

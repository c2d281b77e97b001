import { asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, operationsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzNever: Rule = {
  id: 'MESH-AUTHZ-NEVER',
  level: Level.WARNING,
  title: 'a rule names a method, path or server name that no request has',
  why: 'methods are compared letter by letter, paths come normalized, decoded and without query, server names in lower case: an ALLOW lets nobody in, a DENY keeps nobody out',
  fix: 'write methods in upper case and server names in lower case; paths begin with / and have no query, and a star stands at the start or the end only',
  source: 'istio AuthorizationPolicy; observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const { policy, path, value } of authorizationPolicies(system).flatMap(operationsOf)) {
      for (const field of ['methods', 'notMethods']) {
        asTexts(value[field]).forEach((method, i) => {
          if (method !== method.toUpperCase() && !method.includes('*')) report.at(policy, [...path, field, i], `method "${method}" is not in upper case`);
        });
      }
      for (const field of ['paths', 'notPaths']) {
        asTexts(value[field]).forEach((text, i) => {
          const problem = pathProblem(text);
          if (problem) report.at(policy, [...path, field, i], `path "${text}" ${problem}`);
        });
      }
    }
    for (const { policy, path, value } of authorizationPolicies(system).flatMap(conditionsOf).filter(one => one.value.key === 'connection.sni')) {
      asTexts(value.values).forEach((name, i) => name !== name.toLowerCase() && report.at(policy, [...path, 'values', i], `server name "${name}" has upper case letters`));
    }
  },
};

function pathProblem(path: string): string | undefined {
  const bare = path.replace(/\{\*{1,2}\}/g, 'x');
  if (bare.includes('?')) return 'has a query';
  if (!/^[/*]/.test(bare)) return 'does not begin with /';
  if (/\{\*{1,2}\}/.test(path) && bare.includes('*')) return 'mixes {*} with a star, which Istio refuses';
  const encoded = /%(2[Dd]|2[Ee]|3\d|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])/.exec(bare);
  if (encoded) return `has ${encoded[0]}, which is decoded in every request`;
  if (/^\*.+\*$/.test(bare)) return 'has a star at both ends, of which the last is taken literally';
  return bare.slice(1, -1).includes('*') ? 'has a star in the middle, which is taken literally' : undefined;
}

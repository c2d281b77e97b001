import { Json, asList, asObject, asText, asTexts } from '../../../model/manifest';
import { vaultWrites } from '../../../model/vault/scripts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultOpenRole: Rule = {
  id: 'OPS-VAULT-OPEN-ROLE',
  level: Level.WARNING,
  title: 'a role of Vault takes every token of its audience',
  why: 'without bound_subject and bound_claims whoever gets a token with that audience from the same issuer has the policies of the role: of GitHub and GitLab that is everybody',
  fix: 'bind the subject, or claims such as sub, repository or project_path',
  source: 'Vault: JWT/OIDC auth method',
  check: (system, report) => {
    for (const role of system.all('JWTOIDCAuthEngineRole').filter(({ group }) => group === 'redhatcop.redhat.io')) {
      const { roleType, boundSubject, boundClaims } = role.spec;
      const isOpen = roleType === 'jwt' && isEmpty(boundSubject) && isEmpty(boundClaims) && asTexts(role.spec.boundAudiences).length > 0;
      if (isOpen && !isTemplated(asTexts(role.spec.tokenPolicies))) report.at(role, ['spec'], 'there are neither boundSubject nor boundClaims');
    }
    for (const { text, line, path, values, isWhole } of vaultWrites(system)) {
      const isOpen = isWhole && /^auth\/[^]+\/role\/[^/]+$/.test(path) && values.role_type === 'jwt' && isEmpty(values.bound_subject) && isEmpty(values.bound_claims);
      if (isOpen && !isEmpty(values.bound_audiences)) report.in(text, line, `${path}: there are neither bound_subject nor bound_claims`);
    }
  },
};

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? asList(value).length === 0 : asText(value) === '' && Object.keys(asObject(value)).length === 0;
}

/** Whether what a token may is told by its name alone, as with the policy default. */
function isTemplated(policies: string[]): boolean {
  return policies.every(name => name === 'default');
}

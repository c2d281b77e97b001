import { Json, Manifest, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsAwsTrust: Rule = {
  id: 'OPS-AWS-TRUST',
  level: Level.WARNING,
  title: 'a role of AWS takes every token of an issuer',
  why: 'without a condition on sub whoever has a token with that audience is given the role: every workload of a SPIRE, every repository of GitHub',
  fix: 'add StringEquals with <issuer>:sub, the SPIFFE ID, and <issuer>:aud',
  source: 'AWS IAM: AssumeRoleWithWebIdentity, condition keys of OIDC providers',
  check: (system, report) => {
    for (const role of system.all('Role').filter(({ group }) => /(^|\.)iam\..*aws/.test(group))) {
      for (const [path, text] of documentsOf(role)) {
        const open = statementsOf(text).find(isOpen);
        if (open) report.at(role, path, `${asText(asObject(open.Principal).Federated)} is believed whatever the subject of the token`);
      }
    }
  },
};

/** The trust policies in objects of ACK and of Crossplane. */
function documentsOf({ spec }: Manifest): [Path, string][] {
  const { forProvider } = spec;
  const places: [Path, unknown][] = [[['spec', 'assumeRolePolicyDocument'], spec.assumeRolePolicyDocument],
    ...['assumeRolePolicy', 'assumeRolePolicyDocument'].map((name): [Path, unknown] => [['spec', 'forProvider', name], asObject(forProvider)[name]])];
  return places.flatMap(([path, text]): [Path, string][] => typeof text === 'string' ? [[path, text]] : []);
}

function statementsOf(text: string): Json[] {
  try {
    const { Statement: found } = asObject(JSON.parse(text));
    return Array.isArray(found) ? asObjects(found) : [asObject(found)];
  } catch {
    return [];
  }
}

/** Whether a statement lets in whoever has a token, of any subject. */
function isOpen({ Effect: effect, Action: action, Condition: condition }: Json): boolean {
  if (effect !== 'Allow' || ![action, ...asList(action)].includes('sts:AssumeRoleWithWebIdentity')) return false;
  const tests = Object.values<Json>(asObject(condition)).flatMap(one => Object.entries<Json>(asObject(one)));
  return !tests.some(([key, value]) => !/:aud$/.test(key) && ![value, ...asList(value)].every(one => one === '*' || Array.isArray(one)));
}

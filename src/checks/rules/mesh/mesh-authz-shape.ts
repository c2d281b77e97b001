import { isIP } from 'node:net';
import { Manifest, Path, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Clause, authorizationPolicies, conditionsOf, operationsOf, sourcesOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzShape: Rule = {
  id: 'MESH-AUTHZ-SHAPE',
  level: Level.ERROR,
  title: 'a policy has a form that Istio refuses',
  why: 'istiod\'s webhook refuses it',
  fix: 'correct the policy',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const [path, message] of problems(policy)) report.at(policy, path, message);
    }
  },
};

const ACTIONS = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'];
const NOT_CUSTOM = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts',
  'notServiceAccounts', 'trustDomains', 'notTrustDomains'];
const GO_BOOLEAN = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const NOT_CUSTOM_KEYS = /^(source\.(namespace|principal|serviceAccount|trustDomain)|request\.auth\.)/;

type Problem = [path: Path, message: string];

function problems(policy: Manifest): Problem[] {
  const action = asText(policy.spec.action) || 'ALLOW';
  return [
    ...ofAction(policy, action),
    ...ofTargets(policy),
    ...emptyParts(policy),
    ...sourcesOf(policy).flatMap(source => [...ofAccounts(source), ...ofBlocks(source)]),
    ...(action === 'CUSTOM' ? ofCustom(policy) : []),
    ...operationsOf(policy).flatMap(ofPorts),
    ...ofDryRun(policy, action),
  ];
}

function ofAction({ spec }: Manifest, action: string): Problem[] {
  const found: Problem[] = [];
  if (!ACTIONS.includes(action)) found.push([['spec', 'action'], `action "${action}" is unknown`]);
  if ((action === 'DENY' || action === 'CUSTOM') && asList(spec.rules).length === 0) found.push([['spec'], `${action} without rules never matches`]);
  if (action === 'CUSTOM' && asText(asObject(spec.provider).name) === '') found.push([['spec', 'provider'], 'CUSTOM needs provider.name']);
  if (action !== 'CUSTOM' && spec.provider !== undefined) found.push([['spec', 'provider'], 'provider is for CUSTOM only']);
  return found;
}

function ofTargets({ spec }: Manifest): Problem[] {
  const targets = ['selector', 'targetRef', 'targetRefs'].filter(name => spec[name] !== undefined && (name !== 'targetRefs' || asList(spec.targetRefs).length > 0));
  return targets.length > 1 ? [[['spec', targets[1]], `${targets.join(' and ')} exclude each other`]] : [];
}

function emptyParts({ spec }: Manifest): Problem[] {
  const parts: [list: string, part: string][] = [['from', 'source'], ['to', 'operation']];
  return asList(spec.rules).flatMap((rule, i) => parts.flatMap(([list, part]) => asObjects(asObject(rule)[list]).flatMap((one, j): Problem[] =>
    Object.keys(asObject(one[part])).length === 0 ? [[['spec', 'rules', i, list, j], `${part} is empty`]] : [])));
}

function ofAccounts({ path, value }: Clause): Problem[] {
  const found: Problem[] = [];
  const fields = ['serviceAccounts', 'notServiceAccounts'];
  const accounts = fields.flatMap(field => asTexts(value[field]));
  const other = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].find(name => asList(value[name]).length > 0);
  if (accounts.length > 0 && other !== undefined) found.push([[...path, other], `serviceAccounts and ${other} exclude each other`]);
  for (const field of fields) {
    const star = asTexts(value[field]).findIndex(account => account.includes('*'));
    if (star >= 0) found.push([[...path, field, star], `${field} take no wildcards`]);
  }
  if (accounts.length > 16) found.push([path, 'more than 16 serviceAccounts']);
  return found;
}

function ofBlocks({ path, value }: Clause): Problem[] {
  return ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'].flatMap(field => asTexts(value[field]).flatMap((block, i): Problem[] =>
    isBlock(block) ? [] : [[[...path, field, i], `"${block}" is no address or range`]]));
}

/** Who decides elsewhere is asked before Istio knows who calls. */
function ofCustom(policy: Manifest): Problem[] {
  const fields = sourcesOf(policy).flatMap(({ path, value }) => NOT_CUSTOM.filter(field => asList(value[field]).length > 0)
    .map((field): Problem => [[...path, field], `CUSTOM cannot use ${field}`]));
  const keys = conditionsOf(policy).filter(({ value }) => NOT_CUSTOM_KEYS.test(asText(value.key)))
    .map(({ path, value }): Problem => [[...path, 'key'], `CUSTOM cannot use ${asText(value.key)}`]);
  return [...fields, ...keys];
}

function ofPorts({ path, value }: Clause): Problem[] {
  return asTexts(value.ports).flatMap((port, i): Problem[] => /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535 ? []
    : [[[...path, 'ports', i], `port "${port}" is no number${/^\d+$/.test(port) ? ' from 1 to 65535' : ''}`]]);
}

function ofDryRun({ annotations }: Manifest, action: string): Problem[] {
  const dryRun = annotations['istio.io/dry-run'];
  const path = ['metadata', 'annotations', 'istio.io/dry-run'];
  if (dryRun === undefined) return [];
  const found: Problem[] = [];
  if (!GO_BOOLEAN.test(dryRun)) found.push([path, `istio.io/dry-run "${dryRun}" is neither "true" nor "false"`]);
  if (action === 'CUSTOM' || action === 'AUDIT') found.push([path, `${action} knows no dry-run`]);
  return found;
}

function isBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

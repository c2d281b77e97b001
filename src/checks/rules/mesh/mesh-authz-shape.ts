import { isIP } from 'node:net';
import { Manifest, Path, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, operationsOf, sourcesOf } from '../../../model/mesh/policy';
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
const NOT_CUSTOM_KEYS = /^(source\.(namespace|principal|serviceAccount|trustDomain)|request\.auth\.)/;

function problems(policy: Manifest): [Path, string][] {
  const found: [Path, string][] = [];
  const { spec } = policy;
  const action = asText(spec.action) || 'ALLOW';
  if (!ACTIONS.includes(action)) found.push([['spec', 'action'], `action "${action}" is unknown`]);
  const targets = ['selector', 'targetRef', 'targetRefs'].filter(name => spec[name] !== undefined && (name !== 'targetRefs' || asList(spec.targetRefs).length > 0));
  if (targets.length > 1) found.push([['spec', targets[1]], `${targets.join(' and ')} exclude each other`]);
  const rules = asList(spec.rules);
  if ((action === 'DENY' || action === 'CUSTOM') && rules.length === 0) found.push([['spec'], `${action} without rules never matches`]);
  if (action === 'CUSTOM' && asText(asObject(spec.provider).name) === '') found.push([['spec', 'provider'], 'CUSTOM needs provider.name']);
  if (action !== 'CUSTOM' && spec.provider !== undefined) found.push([['spec', 'provider'], 'provider is for CUSTOM only']);
  rules.forEach((rule, i) => {
    asObjects(asObject(rule).from).forEach((from, j) => {
      if (Object.keys(asObject(from.source)).length === 0) found.push([['spec', 'rules', i, 'from', j], 'source is empty']);
    });
    asObjects(asObject(rule).to).forEach((to, j) => {
      if (Object.keys(asObject(to.operation)).length === 0) found.push([['spec', 'rules', i, 'to', j], 'operation is empty']);
    });
  });
  for (const { path, value } of sourcesOf(policy)) {
    const accounts = [...asTexts(value.serviceAccounts), ...asTexts(value.notServiceAccounts)];
    const others = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].filter(name => asList(value[name]).length > 0);
    if (accounts.length > 0 && others.length > 0) found.push([path, `serviceAccounts and ${others[0]} exclude each other`]);
    if (accounts.some(account => account.includes('*'))) found.push([path, 'serviceAccounts take no wildcards']);
    if (accounts.length > 16) found.push([path, 'more than 16 serviceAccounts']);
    for (const name of action === 'CUSTOM' ? NOT_CUSTOM.filter(field => asList(value[field]).length > 0) : []) found.push([[...path, name], `CUSTOM cannot use ${name}`]);
  }
  for (const { path, value } of action === 'CUSTOM' ? conditionsOf(policy) : []) {
    if (NOT_CUSTOM_KEYS.test(asText(value.key))) found.push([[...path, 'key'], `CUSTOM cannot use ${asText(value.key)}`]);
  }
  for (const { path, value } of operationsOf(policy)) {
    asTexts(value.ports).forEach((port, i) => /^\d+$/.test(port) || found.push([[...path, 'ports', i], `port "${port}" is no number`]));
  }
  const dryRun = policy.annotations['istio.io/dry-run'];
  if (dryRun !== undefined && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(dryRun)) found.push([['metadata', 'annotations', 'istio.io/dry-run'], `istio.io/dry-run "${dryRun}" is neither "true" nor "false"`]);
  if (dryRun !== undefined && (action === 'CUSTOM' || action === 'AUDIT')) found.push([['metadata', 'annotations', 'istio.io/dry-run'], `${action} knows no dry-run`]);
  for (const { path, value } of sourcesOf(policy)) {
    for (const field of ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks']) {
      asTexts(value[field]).forEach((block, i) => isBlock(block) || found.push([[...path, field, i], `"${block}" is no address or range`]));
    }
  }
  return found;
}

function isBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

import { networkWords } from './network-words';

/**
 * A policy that nobody stated here, in one line: what a reviewer has to know of it.
 */
export function policyLine({ apiVersion, kind, metadata, spec }: any): string {
  const says = WORDS[`${apiVersion.split('/')[0]}/${kind}`]?.(spec ?? {});
  const isDryRun = metadata.annotations?.['istio.io/dry-run'] !== undefined;
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}${says ? `: ${says}` : ''}${isDryRun ? ' (dry-run)' : ''}`;
}

// by group, too: Linkerd has an AuthorizationPolicy, and Calico a NetworkPolicy, that say other things in other fields
const WORDS: { [groupAndKind: string]: (spec: any) => string } = {
  'networking.istio.io/ServiceEntry': outside,
  'networking.k8s.io/NetworkPolicy': networkWords,
  'security.istio.io/AuthorizationPolicy': authorization,
  'security.istio.io/PeerAuthentication': mutualTls,
  'security.istio.io/RequestAuthentication': tokens,
};

const VERBS: { [action: string]: string } = { ALLOW: 'allows', DENY: 'denies', AUDIT: 'marks', CUSTOM: 'asks a provider about' };

function authorization({ action = 'ALLOW', selector, targetRefs, rules }: any): string {
  const what = (rules ?? []).map(rule);
  return `${VERBS[action] ?? action} ${what.length > 0 ? what.join('; or ') : 'nothing'}${at({ selector, targetRefs })}`;
}

function at({ selector, targetRefs }: any): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const targets = (targetRefs ?? []).map((one: any) => `${one.kind} ${one.name}`);
  return targets.length + labels.length > 0 ? ` at ${[...targets, ...labels].join(', ')}` : '';
}

function mutualTls(spec: any): string {
  const ports = Object.entries<any>(spec.portLevelMtls ?? {}).map(([port, { mode }]) => `${mode} on port ${port}`);
  return `${[spec.mtls?.mode ?? 'as the level above', ...ports].join(', ')}${at(spec)}`;
}

function tokens(spec: any): string {
  return `verifies tokens of ${(spec.jwtRules ?? []).map((one: any) => `\`${one.issuer}\``).join(' ')}${at(spec)}`;
}

const SEERS: { [exportTo: string]: string } = { '*': '**every namespace**', '.': 'its namespace' };

function outside({ hosts, ports, exportTo }: any): string {
  const numbers = (ports ?? []).map((one: any) => one.number).join(', ');
  const seers = (exportTo ?? ['*']).map((one: string) => SEERS[one] ?? `namespace \`${one}\``);
  return `known to ${seers.join(', ')}: ${(hosts ?? []).map((one: string) => `\`${one}\``).join(' ')} on ports ${numbers}`;
}

function rule({ from, to, when }: any): string {
  const sources = (from ?? []).map(({ source }: any) => limits(source)).filter(Boolean);
  const operations = (to ?? []).map(({ operation }: any) => limits(operation)).filter(Boolean);
  const conditions = (when ?? []).map(({ key, ...values }: any) => `${key} ${limits(values)}`);
  return [
    sources.length > 0 ? sources.join(' or ') : '**anybody**',
    operations.length > 0 ? operations.join(' or ') : 'everything',
    ...conditions,
  ].join(', ');
}

/**
 * Patterns have stars, which Markdown would read.
 */
function limits(fields: any): string {
  return Object.entries<any>(fields ?? {}).map(([name, values]) => `${name} ${[values].flat().map((one) => `\`${one}\``).join(' ')}`).join(' and ');
}

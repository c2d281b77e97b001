/**
 * A policy that nobody stated here, in one line: what a reviewer has to know of it.
 */
export function policyLine({ kind, metadata, spec }: any): string {
  const says = kind === 'AuthorizationPolicy' ? `: ${authorization(spec ?? {})}` : '';
  const isDryRun = metadata.annotations?.['istio.io/dry-run'] !== undefined;
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}${says}${isDryRun ? ' (dry-run)' : ''}`;
}

const VERBS: { [action: string]: string } = { ALLOW: 'allows', DENY: 'denies', AUDIT: 'marks', CUSTOM: 'asks a provider about' };

function authorization({ action = 'ALLOW', selector, targetRefs, rules }: any): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const targets = (targetRefs ?? []).map((one: any) => `${one.kind} ${one.name}`);
  const at = targets.length + labels.length > 0 ? ` at ${[...targets, ...labels].join(', ')}` : '';
  const what = (rules ?? []).map(rule);
  return `${VERBS[action] ?? action} ${what.length > 0 ? what.join('; or ') : 'nothing'}${at}`;
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

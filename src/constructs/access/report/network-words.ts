import { selectorWords } from './selector-words';
import { NAMESPACE_NAME } from '../../labels';

/**
 * What a NetworkPolicy says, in one line.
 */
export function networkWords({ podSelector, policyTypes, ingress, egress }: any): string {
  const types: string[] = policyTypes ?? ['Ingress', ...(egress ? ['Egress'] : [])];
  const pods = selectorWords(podSelector ?? {}) || 'every pod';
  return [
    ...(types.includes('Ingress') ? [direction(pods, 'takes', 'from', ingress ?? [])] : []),
    ...(types.includes('Egress') ? [direction(pods, 'calls', 'to', egress ?? [])] : []),
  ].join('; ');
}

function direction(pods: string, verb: string, side: 'from' | 'to', rules: any[]): string {
  const says = rules.map((rule) => verb === 'takes' ? `${ports(rule.ports)} from ${peers(rule[side])}` : `${peers(rule[side])} on ${ports(rule.ports)}`);
  return `${pods} ${verb} ${says.length > 0 ? says.join(', or ') : 'nothing'}`;
}

function ports(list: any[] = []): string {
  const shown = list.map(({ port, endPort, protocol }) => `${port ?? 'all'}${endPort ? `-${endPort}` : ''}${protocol && protocol !== 'TCP' ? `/${protocol}` : ''}`);
  return shown.length > 0 ? `port ${shown.join(', ')}` : '**every port**';
}

function peers(list: any[] = []): string {
  return list.length > 0 ? list.map(peer).join(' and ') : '**anybody**';
}

function peer({ ipBlock, namespaceSelector, podSelector }: any): string {
  if (ipBlock) {
    return [ipBlock.cidr, ...(ipBlock.except ?? []).map((one: string) => `except ${one}`)].join(' ');
  }
  const namespace = namespaceSelector?.matchLabels?.[NAMESPACE_NAME];
  const where = namespaceSelector ? namespace ?? (selectorWords(namespaceSelector) ? `namespaces ${selectorWords(namespaceSelector)}` : '**every namespace**') : 'its namespace';
  return `${selectorWords(podSelector ?? {}) || 'every pod'} of ${where}`;
}

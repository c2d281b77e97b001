import { selectorWords } from './selector-words';

const SECTIONS = ['ingress', 'egress'];

/**
 * What a NetworkPolicy for the whole cluster is about: AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy.
 */
export function clusterNetworkWords({ tier, priority, subject, ...sections }: any): string {
  const rules = SECTIONS.flatMap((section) => (sections[section] ?? []).map(({ name, action }: any) => `${action} ${section}${name ? ` '${name}'` : ''}`));
  return [
    ...(tier ? [`tier ${tier}`] : []),
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    `${rules.length > 0 ? rules.join(', ') : 'no rule'} for ${subjectWords(subject ?? {})}, peers not read here`,
  ].join(', ');
}

function subjectWords({ namespaces, pods }: any): string {
  const where = selectorWords(namespaces ?? pods?.namespaceSelector ?? {});
  return `${selectorWords(pods?.podSelector ?? {}) || 'every pod'} of ${where ? `namespaces ${where}` : '**every namespace**'}`;
}

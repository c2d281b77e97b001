import { selectorWords } from './selector-words';

const DIRECTIONS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];

/**
 * What a policy of Cilium is about. Its rules are more than a line can hold.
 */
export function ciliumPolicy({ spec, specs }: any): string {
  return [...(spec ? [spec] : []), ...(specs ?? [])].map(rule).join('; ');
}

function rule({ endpointSelector, nodeSelector, ...sections }: any): string {
  const subjects = nodeSelector ? `nodes ${selectorWords(nodeSelector) || 'of every name'}` : selectorWords(endpointSelector ?? {}) || 'every pod';
  const given = DIRECTIONS.filter((one) => sections[one] !== undefined);
  return `${given.length > 0 ? `${given.join(', ')} of ` : ''}${subjects}, rules not read here`;
}

/**
 * The Services whose calls a configuration of Cilium's Envoy takes.
 */
export function ciliumEnvoyConfig({ spec }: any): string {
  const services = [...(spec?.services ?? []), ...(spec?.backendServices ?? [])].map(({ name, namespace }: any) => `${namespace ? `${namespace}/` : ''}${name}`);
  return `configuration of Envoy, not read here${services.length > 0 ? `, for the Services ${services.join(', ')}` : ''}`;
}

import { selectorWords } from './selector-words';

/**
 * What a Server of Linkerd says: a port of some pods, and what holds for it without an authorization.
 */
export function linkerdServer({ podSelector, externalWorkloadSelector, port, accessPolicy = 'deny' }: any): string {
  const workloads = externalWorkloadSelector ? `external workloads ${selectorWords(externalWorkloadSelector)}` : selectorWords(podSelector ?? {}) || 'every pod';
  return `port ${port} of ${workloads}, accessPolicy ${accessPolicy}`;
}

/**
 * What an AuthorizationPolicy of Linkerd says.
 */
export function linkerdAuthorization({ targetRef, requiredAuthenticationRefs = [] }: any): string {
  const required = requiredAuthenticationRefs.map(reference);
  return `allows ${required.length > 0 ? `who has ${required.join(' and ')}` : '**anybody**'} at ${reference(targetRef ?? {})}`;
}

/**
 * What the older ServerAuthorization says.
 */
export function linkerdServerAuthorization({ server = {}, client = {} }: any): string {
  const { unauthenticated, meshTLS = {}, networks } = client;
  const callers = [
    ...(unauthenticated || meshTLS.unauthenticatedTLS ? ['**anybody**'] : []),
    ...(meshTLS.identities ?? []).map(code),
    ...(meshTLS.serviceAccounts ?? []).map((one: any) => reference({ kind: 'ServiceAccount', ...one })),
  ];
  const from = networks ? ` from ${networks.map(network).join(' and ')}` : '';
  return `allows ${callers.join(' or ')}${from} at Server ${server.name ?? (selectorWords(server.selector ?? {}) || 'of any name')}`;
}

/**
 * What a MeshTLSAuthentication says: one of these identities.
 */
export function linkerdIdentities({ identities = [], identityRefs = [] }: any): string {
  return [...identities.map(code), ...identityRefs.map(reference)].join(' or ');
}

/**
 * What a NetworkAuthentication says: one of these addresses.
 */
export function linkerdNetworks({ networks = [] }: any): string {
  return networks.map(network).join(' or ');
}

/**
 * What an EgressNetwork says.
 */
export function linkerdEgress({ trafficPolicy, networks }: any): string {
  return `${trafficPolicy === 'Deny' ? 'denies' : 'allows'} calls to ${networks ? networks.map(network).join(' and ') : '**every address outside**'} that have no route`;
}

/**
 * What a route of a Server says: requests that can be allowed apart from the others.
 */
export function linkerdRoute({ parentRefs = [], rules = [] }: any): string {
  return `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} for requests, not read here, at ${parentRefs.map(reference).join(', ')}`;
}

function reference({ kind, name, namespace }: any): string {
  return `${kind} ${namespace && name ? `${namespace}/` : ''}${name ?? namespace}`;
}

function network({ cidr, except = [] }: any): string {
  return [cidr, ...except.map((one: string) => `except ${one}`)].join(' ');
}

/**
 * Identities may be a star, which Markdown would read.
 */
function code(text: string): string {
  return `\`${text}\``;
}

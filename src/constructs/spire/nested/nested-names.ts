import { Cluster } from '../../../cluster';
import { SpiffeId, TrustDomain } from '../../../identity';

/**
 * What the two sides of a nested server have to agree on.
 */
export const UPSTREAM_AGENT = 'spire-upstream-agent';
export const UPSTREAM_BUNDLE = { name: 'spire-upstream-bundle', key: 'bundle.pem' };
export const UPSTREAM_SOCKET = '/run/spire/upstream/spire-agent.sock';
export const ROOT_READER = 'spire-root';
export const NESTED_API = 'spire-server-nested';

/**
 * The identity that stands for the agent beside a nested server, whatever node it is on.
 */
export function agentAlias(trustDomain: TrustDomain, cluster: Cluster): SpiffeId {
  return SpiffeId.of(trustDomain, 'nested', cluster.name, 'agent');
}

/**
 * The identity of a nested server.
 */
export function nestedServer(trustDomain: TrustDomain, cluster: Cluster): SpiffeId {
  return SpiffeId.of(trustDomain, 'nested', cluster.name, 'server');
}

import { BlockList, isIPv4 } from 'node:net';
import type { ProxyMesh } from './istio-authorization';
import { matchesText } from './istio-text';

/**
 * Whether a principal, without scheme, means a SPIFFE ID.
 */
export function principalMatches(principal: string, identity: string | undefined, mesh: ProxyMesh): boolean {
  const name = identity?.replace('spiffe://', '');
  return name !== undefined && withAliases(principal, mesh).some((one) => matchesText(one, name));
}

/**
 * The names of the own trust domain stand for each other in principals of exactly five parts, and `cluster.local` for all of them.
 */
function withAliases(principal: string, mesh: ProxyMesh): string[] {
  const [domain, ...rest] = principal.split('/');
  const names = [mesh.trustDomain, ...mesh.trustDomainAliases];
  const isOwn = names.some((name) => domain !== '*' && matchesText(domain, name)) || domain === 'cluster.local';
  if (rest.length !== 4 || !isOwn) {
    return [principal];
  }
  return names.map((name) => domain.startsWith('*') && matchesText(domain, name) ? principal : [name, ...rest].join('/'));
}

/**
 * It looks for `/ns/NAME/` anywhere in the SPIFFE ID, whatever the trust domain; stars stand for anything, anywhere in the name.
 */
export function namespaceMatches(namespace: string, identity: string | undefined): boolean {
  return identity !== undefined && new RegExp(`^.*/ns/${namespace.split('*').map(literal).join('.*')}/.*$`).test(identity);
}

/**
 * A short name means the namespace of the policy.
 */
export function accountMatches(account: string, identity: string | undefined, policyNamespace: string): boolean {
  const [namespace, name] = account.includes('/') ? account.split('/') : [policyNamespace, account];
  return identity !== undefined && new RegExp(`^spiffe://.+/ns/${literal(namespace)}/(.+/|)sa/${literal(name)}(/.+)?$`).test(identity);
}

/**
 * An exact name of the own trust domain stands for all of them.
 */
export function trustDomainMatches(pattern: string, identity: string | undefined, mesh: ProxyMesh): boolean {
  const names = [mesh.trustDomain, ...mesh.trustDomainAliases];
  const domain = identity === undefined ? undefined : /^spiffe:\/\/([^/]+)/.exec(identity)?.[1];
  return domain !== undefined && (names.includes(pattern) ? names : [pattern]).some((one) => matchesText(one, domain));
}

export function inBlock(block: string, address: string | undefined): boolean {
  if (address === undefined) {
    return false;
  }
  const [network, bits] = block.split('/');
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

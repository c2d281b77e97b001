import { NetworkPeer } from './network-peer';
import { NetworkRule } from './network-policy-rule';
import { isCidr } from '../../formats/cidr';

/**
 * What NetworkPolicies have to know of a cluster.
 */
export interface ClusterNetwork {
  /**
   * Who answers DNS. With a cache on each node it is an address, such as `NetworkPeer.ipBlock('169.254.20.10/32')`.
   *
   * @default - the pods with label `k8s-app: kube-dns` in namespace `kube-system`
   */
  readonly dns?: NetworkPeer[];

  /**
   * The port of the pods that answer DNS.
   *
   * @default - 53
   */
  readonly dnsPort?: number;

  /**
   * The address ranges (CIDR) in which hosts outside of the cluster are.
   *
   * @default - every address
   */
  readonly externalAddresses?: string[];

  /**
   * The address ranges (CIDR) of the API server, as connections to it go after its Service is resolved.
   *
   * @default - every address; Cilium knows the API server by itself
   */
  readonly apiServerAddresses?: string[];
}

/**
 * Refuses what no policy could say, also where nothing needs it yet.
 *
 * @param where what the settings are of, such as `networkPolicies`
 */
export function requireClusterNetwork(where: string, { dns, dnsPort, externalAddresses, apiServerAddresses }: ClusterNetwork): void {
  requireNotEmpty(`dns of ${where}`, dns);
  if (dnsPort !== undefined && !(Number.isInteger(dnsPort) && dnsPort >= 1 && dnsPort <= 65535)) {
    throw new Error(`dnsPort of ${where} is ${typeof dnsPort === 'string' ? `'${dnsPort}'` : dnsPort}: use a whole number from 1 to 65535`);
  }
  requireRanges(`externalAddresses of ${where}`, externalAddresses);
  requireRanges(`apiServerAddresses of ${where}`, apiServerAddresses);
}

/**
 * Refuses an empty list of address ranges, and what is no range.
 */
export function requireRanges(what: string, cidrs: string[] | undefined): void {
  requireNotEmpty(what, cidrs);
  const wrong = cidrs?.find((cidr) => !isCidr(cidr));
  if (wrong !== undefined) {
    throw new Error(`${what} has '${wrong}', which is no address range: use CIDR notation such as '10.0.0.0/16', a single address ends with '/32'`);
  }
}

function requireNotEmpty(what: string, list: unknown[] | undefined): void {
  if (list?.length === 0) {
    throw new Error(`${what} is an empty list, which Kubernetes would read as no limit: give at least one, or leave it out`);
  }
}

const DNS_PORT = 53;
const API_SERVER_SERVICE_PORT = 443;

/**
 * What a pod needs to resolve names.
 */
export function dnsRule(network: ClusterNetwork): NetworkRule {
  const port = network.dnsPort ?? DNS_PORT;
  return {
    peers: network.dns ?? [NetworkPeer.pods('kube-system', { 'k8s-app': 'kube-dns' })],
    ports: [{ port, protocol: 'UDP' }, { port, protocol: 'TCP' }],
  };
}

/**
 * What a pod needs to call the API server.
 *
 * @param serverPort the port of the server itself, beside that of its Service
 */
export function apiServerRule(network: ClusterNetwork, serverPort: number): NetworkRule {
  // plugins differ in which one they see
  const ports = [...new Set([API_SERVER_SERVICE_PORT, serverPort])].map((port) => ({ port }));
  return { peers: ranges(network.apiServerAddresses), ports, entity: 'kube-apiserver' };
}

/**
 * The addresses of some ranges; `undefined`, which is every address, when there are none.
 */
export function ranges(cidrs: string[] | undefined): NetworkPeer[] | undefined {
  return cidrs?.map((cidr) => NetworkPeer.ipBlock(cidr));
}

import { isCidr } from '../../formats/cidr';
import { isDnsLabel } from '../../identity/dns-name';
import { requireLabels } from '../labels';

/**
 * What is known of the other end of a connection.
 */
export type PeerFacts =
  | { readonly kind: 'pods'; readonly namespace: string; readonly podLabels: { readonly [key: string]: string } }
  | { readonly kind: 'all-pods' }
  | { readonly kind: 'ipBlock'; readonly cidr: string };

/**
 * Who is at the other end of a connection, as Kubernetes sees it: pods by their labels, or addresses.
 */
export class NetworkPeer {
  /**
   * The pods with these labels in a namespace.
   *
   * Throws when the namespace or a label is none that Kubernetes takes.
   *
   * @param namespace the name of the namespace
   * @param podLabels the labels; none means all pods of the namespace
   */
  public static pods(namespace: string, podLabels: { [key: string]: string } = {}): NetworkPeer {
    if (!isDnsLabel(namespace)) {
      throw new Error(`network peer has the namespace '${namespace}', which is no Kubernetes name: use up to 63 of a-z, 0-9 and '-', not at the ends`);
    }
    requireLabels(`network peer in namespace '${namespace}'`, podLabels);
    return new NetworkPeer({ kind: 'pods', namespace, podLabels });
  }

  /**
   * All pods of the cluster, and nobody outside.
   */
  public static allPods(): NetworkPeer {
    return new NetworkPeer({ kind: 'all-pods' });
  }

  /**
   * The addresses of a range. Pods are not meant by their addresses: which ones a network plugin sees differs.
   *
   * Throws when it is no CIDR range.
   *
   * @param cidr a range such as `10.0.0.0/16`
   */
  public static ipBlock(cidr: string): NetworkPeer {
    if (!isCidr(cidr)) {
      throw new Error(`network peer '${cidr}' is no CIDR range: give one such as '10.0.0.0/16', a single address ends with '/32'`);
    }
    return new NetworkPeer({ kind: 'ipBlock', cidr });
  }

  private constructor(
    /**
     * @internal
     */
    public readonly _facts: PeerFacts,
  ) {}
}

import { TrustDomain } from '../identity';
import { isDnsSubdomain } from '../identity/dns-name';
import { requireProps } from '../identity/require-props';

/**
 * The facts of one Kubernetes cluster.
 */
export interface ClusterProps {
  /**
   * The name of the cluster, unique in its trust domain.
   *
   * It stands in the SPIFFE IDs of the cluster's SPIRE agents and names the folder of its manifests: letters, digits, `.`, `-` and `_`. Two
   * clusters of an app differ in more than upper and lower case.
   */
  readonly name: string;

  /**
   * The trust domain of the cluster's workloads.
   */
  readonly trustDomain: TrustDomain;

  /**
   * The DNS domain of the cluster's services.
   *
   * @default - `cluster.local`
   */
  readonly clusterDomain?: string;

  /**
   * The port at which the API server itself listens, as in `server` of a kubeconfig.
   *
   * NetworkPolicies open it, and 443 of its Service: network plugins differ in which of the two they see.
   *
   * @default - 6443
   */
  readonly apiServerPort?: number;
}

/**
 * One Kubernetes cluster: its name and its trust domain, stated once and passed by reference to all that needs them.
 */
export class Cluster {
  /**
   * A cluster by its facts.
   *
   * Throws when the name cannot stand in a SPIFFE ID, when the domain of the services is no DNS name, or when the port is none.
   *
   * @param props name and trust domain of the cluster
   */
  public static of(props: ClusterProps): Cluster {
    return new Cluster(props);
  }

  /**
   * The name of the cluster.
   */
  public readonly name: string;

  /**
   * The trust domain of the cluster's workloads.
   */
  public readonly trustDomain: TrustDomain;

  /**
   * The DNS domain of the cluster's services, such as `cluster.local`.
   */
  public readonly clusterDomain: string;

  /**
   * The port at which the API server itself listens.
   */
  public readonly apiServerPort: number;

  private constructor(props: ClusterProps) {
    requireProps('Cluster.of', props, { name: 'text', trustDomain: 'TrustDomain', clusterDomain: 'text?' });
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(props.name)) {
      throw new Error(`cluster name '${props.name}' cannot stand in a SPIFFE ID: use up to 63 letters, digits, '.', '-' and '_', a letter or digit first`);
    }
    this.name = props.name;
    this.trustDomain = props.trustDomain;
    this.clusterDomain = props.clusterDomain ?? 'cluster.local';
    if (!isDnsSubdomain(this.clusterDomain)) {
      throw new Error(`cluster domain '${this.clusterDomain}' is no DNS name: give the domain of the cluster's services, usually 'cluster.local'`);
    }
    if (this.clusterDomain.startsWith('svc.')) {
      throw new Error(`cluster domain '${this.clusterDomain}' begins with 'svc.', which is written before it: use '${this.clusterDomain.slice('svc.'.length)}'`);
    }
    this.apiServerPort = props.apiServerPort ?? 6443;
    if (!Number.isInteger(this.apiServerPort) || this.apiServerPort < 1 || this.apiServerPort > 65535) {
      throw new Error(`apiServerPort ${typeof props.apiServerPort === 'string' ? `'${props.apiServerPort}'` : props.apiServerPort} is no port: use a whole number from 1 to 65535, such as the one in the cluster's kubeconfig`);
    }
  }

  /**
   * The DNS name of a service of this cluster.
   *
   * @param service the name of the Service
   * @param namespace the namespace of the Service
   */
  public serviceHost(service: string, namespace: string): string {
    return `${service}.${namespace}.svc.${this.clusterDomain}`;
  }
}

import { isDnsLabel, isDnsSubdomain } from './dns-name';
import { requireProps } from './require-props';
import { SpiffeId } from './spiffe-id';
import { TrustDomain } from './trust-domain';

/**
 * Who a Kubernetes workload is.
 */
export interface WorkloadIdentityProps {
  /**
   * The trust domain that vouches for the workload.
   */
  readonly trustDomain: TrustDomain;

  /**
   * The namespace of the workload.
   */
  readonly namespace: string;

  /**
   * The service account that the workload's pods run as.
   */
  readonly serviceAccount: string;
}

/**
 * The identity of a Kubernetes workload: `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`.
 *
 * It is the one form that Istio's secure naming understands.
 *
 * Source: Istio pkg/spiffe/spiffe.go ParseIdentity.
 */
export class WorkloadIdentity {
  /**
   * The identity of the pods of a service account.
   *
   * Throws when the namespace or the service account is no valid Kubernetes name.
   *
   * @param props trust domain, namespace and service account
   */
  public static of(props: WorkloadIdentityProps): WorkloadIdentity {
    return new WorkloadIdentity(props);
  }

  /**
   * The namespace of the workload.
   */
  public readonly namespace: string;

  /**
   * The service account that the workload's pods run as.
   */
  public readonly serviceAccount: string;

  /**
   * The SPIFFE ID.
   */
  public readonly spiffeId: SpiffeId;

  private constructor(props: WorkloadIdentityProps) {
    requireProps('WorkloadIdentity.of', props, { trustDomain: 'TrustDomain', namespace: 'text', serviceAccount: 'text' });
    if (!isDnsLabel(props.namespace)) {
      throw new Error(`namespace '${props.namespace}' is no Kubernetes name: use up to 63 of a-z, 0-9 and '-', not at the ends`);
    }
    if (!isDnsSubdomain(props.serviceAccount)) {
      throw new Error(`service account '${props.serviceAccount}' is no Kubernetes name: `
        + "use up to 253 of a-z, 0-9, '-' and '.', a letter or digit at the ends and around each '.'");
    }
    this.namespace = props.namespace;
    this.serviceAccount = props.serviceAccount;
    this.spiffeId = SpiffeId.of(props.trustDomain, 'ns', props.namespace, 'sa', props.serviceAccount);
  }

  /**
   * The name that Istio's policies use: the SPIFFE ID without its scheme, such as `example.org/ns/shop/sa/web`.
   *
   * With the scheme a principal is accepted and matches nobody.
   */
  public get principal(): string {
    return this.spiffeId.uri.slice('spiffe://'.length);
  }

  /**
   * The trust domain that vouches for the workload.
   */
  public get trustDomain(): TrustDomain {
    return this.spiffeId.trustDomain;
  }

  /**
   * The SPIFFE ID as URI.
   */
  public toString(): string {
    return this.spiffeId.uri;
  }
}

import { TokenIssuer } from './token-issuer';
import { SpiffeId, TrustDomain, WorkloadIdentity } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { requireFilled, requireNamespace } from '../istio/input';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';

/**
 * Which tokens a caller has to show.
 */
export interface TokenSourceProps {
  /**
   * Who issues the tokens.
   */
  readonly issuer: TokenIssuer;

  /**
   * The subjects of which the token has to have one, whole. A SPIFFE ID is a subject like any other.
   *
   * @default - any subject
   */
  readonly subjects?: string[];

  /**
   * Further claims by name, each with the values of which the token has to have one. Only texts and lists of texts can be compared.
   *
   * @default - none
   */
  readonly claims?: { [name: string]: string[] };

  /**
   * The workload or gateway that hands the requests on, whose certificate the called workload sees.
   */
  readonly through: IMeshPeer;
}

/**
 * What is known of a caller.
 */
export type Caller =
  | { readonly kind: 'workload'; readonly identity: WorkloadIdentity; readonly pods?: MeshWorkload }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'trustDomain'; readonly trustDomain: TrustDomain }
  | { readonly kind: 'identity'; readonly spiffeId: SpiffeId; readonly elsewhere?: boolean }
  | { readonly kind: 'token'; readonly issuer: TokenIssuer; readonly claims: { readonly [name: string]: string[] }; readonly through: IMeshPeer };

/**
 * A caller that is not all of another trust domain.
 */
export type NamedCaller = Exclude<Caller, { readonly kind: 'trustDomain' }>;

/**
 * Who calls, when it is no workload or gateway that is at hand.
 */
export class AccessSource {
  /**
   * All enrolled workloads of a namespace, of the mesh's own trust domain.
   *
   * Throws when it is no name of a namespace. The synthesis fails when no workload of the namespace is enrolled in the mesh.
   *
   * @param name the name of the namespace
   */
  public static namespace(name: string): AccessSource {
    requireNamespace('access source', name);
    return new AccessSource({ kind: 'namespace', namespace: name });
  }

  /**
   * Everybody of another trust domain, such as that of a partner, whoever gets an identity there.
   *
   * The access policy has to have it in `federatedTrustDomains`, and the called workload federates with it. For Linkerd it cannot be allowed.
   *
   * @param trustDomain the other trust domain
   */
  public static trustDomain(trustDomain: TrustDomain): AccessSource {
    requireProps('AccessSource.trustDomain', { trustDomain }, { trustDomain: 'TrustDomain' });
    return new AccessSource({ kind: 'trustDomain', trustDomain });
  }

  /**
   * Who proves a SPIFFE ID without being defined here, such as a CI runner, or a workload of a partner.
   *
   * The synthesis fails for a service account of the own trust domain that is missing in a namespace which the app defines.
   *
   * @param spiffeId the SPIFFE ID
   */
  public static identity(spiffeId: SpiffeId): AccessSource {
    requireProps('AccessSource.identity', { spiffeId }, { spiffeId: 'SpiffeId' });
    return new AccessSource({ kind: 'identity', spiffeId });
  }

  /**
   * The one identity of a workload that others define: in another cluster of the trust domain, or beside this app in one of its namespaces.
   *
   * Nothing tells whether it exists: a typo matches nobody.
   *
   * @param spiffeId the identity
   */
  public static identityDefinedElsewhere(spiffeId: SpiffeId): AccessSource {
    requireProps('AccessSource.identityDefinedElsewhere', { spiffeId }, { spiffeId: 'SpiffeId' });
    return new AccessSource({ kind: 'identity', spiffeId, elsewhere: true });
  }

  /**
   * Who shows a token, such as a customer or a CI job outside of the mesh, whose requests a gateway hands on.
   *
   * Throws when a list is empty, or when a claim cannot be compared.
   *
   * @param props issuer, subjects and claims
   */
  public static token(props: TokenSourceProps): AccessSource {
    requireProps('AccessSource.token', props, { issuer: 'TokenIssuer', through: 'IMeshPeer', subjects: 'text[]?' });
    const where = `token source of issuer '${props.issuer.issuer}'`;
    requireFilled(where, 'subjects', props.subjects);
    const claims = { ...(props.subjects ? { sub: props.subjects } : {}), ...props.claims };
    for (const [name, values] of Object.entries(claims)) {
      requireFilled(where, name, values);
      if (!/^[A-Za-z0-9_.:/-]+$/.test(name)) {
        throw new Error(`${where} has claim '${name}', which cannot be named in a policy: use letters, digits, '_', '.', ':', '/' and '-'`);
      }
      const wild = values.find((value) => value === '' || value.includes('*'));
      if (wild !== undefined) {
        throw new Error(`${where} compares claim '${name}' with '${wild}': values are whole and not empty, without '*'`);
      }
    }
    if (props.subjects && props.claims?.sub) {
      throw new Error(`${where} has both subjects and a claim 'sub': give one of them`);
    }
    return new AccessSource({ kind: 'token', issuer: props.issuer, claims, through: props.through });
  }

  /**
   * @internal
   */
  public static _peer(peer: IMeshPeer, pods: MeshWorkload | undefined): AccessSource {
    return new AccessSource({ kind: 'workload', identity: peer.identity, pods });
  }

  private constructor(
    /**
     * @internal
     */
    public readonly _caller: Caller,
  ) {}

  /**
   * The name for people, such as `namespace monitoring`.
   */
  public toString(): string {
    const caller = this._caller;
    switch (caller.kind) {
      case 'workload': return caller.pods?.toString() ?? caller.identity.principal;
      case 'namespace': return `namespace ${caller.namespace}`;
      case 'trustDomain': return `trust domain ${caller.trustDomain}`;
      case 'identity': return caller.spiffeId.uri;
      case 'token': {
        const claims = Object.entries(caller.claims).map(([name, values]) => `${name} ${values.join(' or ')}`);
        const { namespace, serviceAccount } = caller.through.identity;
        return `${[`token of ${caller.issuer.issuer}`, ...claims].join(', ')} through ${namespace}/${serviceAccount}`;
      }
    }
  }
}

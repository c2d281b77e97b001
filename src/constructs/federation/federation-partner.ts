import { BundleBootstrap } from './bundle-bootstrap';
import { SpiffeId, TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { ISpire } from '../spire';
import { BundleEndpointProfile } from '../spire/federation';
import { requireBundleEndpointUrl } from '../spire/federation/host';

/**
 * A trust domain of somebody else, such as another company.
 */
export interface FederationPartnerProps {
  /**
   * The trust domain of the partner.
   */
  readonly trustDomain: TrustDomain;

  /**
   * Where the partner serves its bundle: an https URL.
   */
  readonly bundleEndpointUrl: string;

  /**
   * SPIRE of the clusters that trust the partner.
   *
   * @default - that of all members of the federation
   */
  readonly trustedBy?: ISpire[];

  /**
   * Whether the partner fetches the bundles of those clusters, too. Without it nobody there can be called with mutual TLS, nor call.
   *
   * @default - true
   */
  readonly trustsBack?: boolean;
}

/**
 * A partner whose bundle endpoint proves itself with an SVID of the partner.
 */
export interface SpiffePartnerProps extends FederationPartnerProps {
  /**
   * How the first bundle of the partner comes: as `BundleBootstrap.bundle`, from a file that the partner has sent, or as `BundleBootstrap.configMap`.
   */
  readonly bootstrap: BundleBootstrap;

  /**
   * The SPIFFE ID of the endpoint.
   *
   * @default - `spiffe://<trust domain>/spire/server`, that of a SPIRE server
   */
  readonly endpointSpiffeId?: SpiffeId;
}

/**
 * A trust domain of somebody else, whose side no manifest of ours defines.
 *
 * `FEDERATE.md` tells what to send to the partner, and what to ask for.
 */
export class FederationPartner {
  /**
   * A partner whose bundle endpoint proves itself with an SVID of the partner (profile `https_spiffe`).
   *
   * Throws when the URL is not https or not reachable from elsewhere, when the endpoint's SPIFFE ID is of another trust domain, and for
   * `BundleBootstrap.exchange()`, as no command reaches the partner's server.
   *
   * @param props trust domain, endpoint and first bundle
   */
  public static httpsSpiffe(props: SpiffePartnerProps): FederationPartner {
    requireProps('FederationPartner.httpsSpiffe', props, { trustDomain: 'TrustDomain', bundleEndpointUrl: 'text', bootstrap: 'BundleBootstrap' });
    const { trustDomain, bootstrap } = props;
    if (!bootstrap.knownBundle && !bootstrap.source) {
      throw new Error(`partner '${trustDomain}' has bootstrap 'exchange', but no command of ours reaches its server: `
        + 'let it send its bundle and use BundleBootstrap.bundle or BundleBootstrap.configMap');
    }
    const endpointId = props.endpointSpiffeId ?? SpiffeId.of(trustDomain, 'spire', 'server');
    if (!endpointId.trustDomain.sameAs(trustDomain)) {
      throw new Error(`partner '${trustDomain}' has the endpoint SPIFFE ID '${endpointId}' of another trust domain: `
        + `use the one it names, such as '${trustDomain.uri}/spire/server'`);
    }
    return new FederationPartner(props, BundleEndpointProfile.httpsSpiffe(endpointId), bootstrap);
  }

  /**
   * A partner whose bundle endpoint has a certificate of a CA that every system trusts (profile `https_web`).
   *
   * Throws when the URL is not https or not reachable from elsewhere.
   *
   * @param props trust domain and endpoint
   */
  public static httpsWeb(props: FederationPartnerProps): FederationPartner {
    requireProps('FederationPartner.httpsWeb', props, { trustDomain: 'TrustDomain', bundleEndpointUrl: 'text' });
    return new FederationPartner(props, BundleEndpointProfile.httpsWeb());
  }

  /**
   * The trust domain of the partner.
   */
  public readonly trustDomain: TrustDomain;

  /**
   * Where the partner serves its bundle.
   */
  public readonly bundleEndpointUrl: string;

  /**
   * Whether the partner fetches our bundles, too.
   */
  public readonly trustsBack: boolean;

  /**
   * @internal
   */
  public readonly _trustedBy?: ISpire[];

  private constructor(
    props: FederationPartnerProps,
    /**
     * How the partner's endpoint proves who it is.
     */
    public readonly bundleEndpointProfile: BundleEndpointProfile,
    /**
     * How the first bundle of the partner comes; undefined when none has to be brought.
     */
    public readonly bootstrap?: BundleBootstrap,
  ) {
    requireBundleEndpointUrl(`partner '${props.trustDomain}'`, props.bundleEndpointUrl);
    if (props.trustedBy?.length === 0) {
      throw new Error(`partner '${props.trustDomain}' is trusted by an empty list of clusters: name one, or leave trustedBy out`);
    }
    this.trustDomain = props.trustDomain;
    this.bundleEndpointUrl = props.bundleEndpointUrl;
    this.trustsBack = props.trustsBack ?? true;
    this._trustedBy = props.trustedBy;
  }
}

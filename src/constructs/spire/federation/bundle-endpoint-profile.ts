import { SpiffeId } from '../../../identity';

/**
 * How a bundle endpoint proves who it is.
 */
export class BundleEndpointProfile {
  /**
   * By an SVID of the trust domain whose bundle is fetched.
   *
   * @param endpointSpiffeId the SPIFFE ID of the endpoint, usually `spiffe://<trust domain>/spire/server`
   */
  public static httpsSpiffe(endpointSpiffeId: SpiffeId): BundleEndpointProfile {
    return new BundleEndpointProfile('https_spiffe', endpointSpiffeId);
  }

  /**
   * By a certificate of a CA that every system trusts.
   */
  public static httpsWeb(): BundleEndpointProfile {
    return new BundleEndpointProfile('https_web');
  }

  private constructor(
    /**
     * The name of the profile, as SPIRE writes it.
     */
    public readonly name: string,
    /**
     * The SPIFFE ID of the endpoint, for `https_spiffe`.
     */
    public readonly endpointSpiffeId?: SpiffeId,
  ) {}
}

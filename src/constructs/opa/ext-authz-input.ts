/**
 * A request, as Envoy tells it to an external authorization.
 */
export interface ExtAuthzRequest {
  /** The SPIFFE ID of the caller; none for a caller without a certificate. */
  readonly source?: string;
  readonly destination: string;
  readonly port: number;
  /** None for bytes that are not HTTP. */
  readonly http?: { readonly method: string; readonly path: string; readonly host: string };
  readonly claims?: { readonly [name: string]: any };
}

/**
 * What OPA's Envoy plugin gets as `input` for a request.
 */
export function extAuthzInput({ source, destination, port, http, claims }: ExtAuthzRequest): any {
  return {
    attributes: {
      source: source ? { principal: source } : {},
      destination: { principal: destination, address: { socketAddress: { address: '10.0.0.1', portValue: port } } },
      request: http ? { http } : {},
      ...(claims ? { metadataContext: { filterMetadata: { 'envoy.filters.http.jwt_authn': { payload: claims } } } } : {}),
    },
  };
}

import { ISpire } from './spire-ref';

/**
 * Refuses a SPIRE whose agents serve no SDS: no proxy would get a certificate, and none would start.
 *
 * @param spire what the proxies ask
 * @param mesh the mesh that they are in
 */
export function requireSds(spire: ISpire, mesh: string): void {
  if ((spire as { readonly _servesSds?: boolean })._servesSds === false) {
    throw new Error(`mesh '${mesh}' gets its certificates by SDS, which disableSdsApi of the agents takes away: remove disableSdsApi`);
  }
}

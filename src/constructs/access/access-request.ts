import { SpiffeId } from '../../identity';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';

/**
 * A request, as an access policy sees it.
 */
export interface AccessRequest {
  /**
   * Who calls.
   *
   * @default - `spiffeId`, or a caller without identity
   */
  readonly source?: IMeshPeer;

  /**
   * The SPIFFE ID of a caller that is not at hand.
   *
   * @default - that of `source`
   */
  readonly spiffeId?: SpiffeId;

  /**
   * Who is called.
   */
  readonly destination: MeshWorkload;

  /**
   * The port of the called workload.
   */
  readonly port: number;

  /**
   * The HTTP method.
   *
   * @default - the request is not HTTP
   */
  readonly method?: string;

  /**
   * The HTTP path, normalized; a query is left aside.
   *
   * @default - `/`
   */
  readonly path?: string;

  /**
   * The HTTP host, with or without port.
   *
   * @default - none
   */
  readonly host?: string;

  /**
   * The claims of a verified token: texts or lists of texts.
   *
   * @default - no token
   */
  readonly claims?: { [name: string]: any };
}

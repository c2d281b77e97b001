import { SpiffeId } from '../../identity';

/**
 * A port at which other workloads call.
 */
export interface EnvoyInbound {
  /**
   * The port of the pod that others call, with mutual TLS.
   */
  readonly port: number;

  /**
   * The port at which the application listens, on 127.0.0.1 only: whoever reaches it directly is not asked who he is.
   */
  readonly applicationPort: number;

  /**
   * Who may call, whatever he asks for.
   *
   * @default - the callers that an access policy allows
   */
  readonly callers?: SpiffeId[];
}

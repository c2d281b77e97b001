import { SpiffeId } from '../../identity';

/**
 * Another workload that the application calls through its proxy.
 */
export interface EnvoyUpstream {
  /**
   * The name of the called workload in statistics and logs: lower-case letters, digits and `-`.
   */
  readonly name: string;

  /**
   * The port on 127.0.0.1 at which the application calls it, without TLS.
   */
  readonly localPort: number;

  /**
   * The DNS name or address of the called workload.
   */
  readonly host: string;

  /**
   * The port of the called workload's proxy.
   */
  readonly port: number;

  /**
   * Who has to answer: a server with any other identity is refused.
   */
  readonly spiffeId: SpiffeId;
}

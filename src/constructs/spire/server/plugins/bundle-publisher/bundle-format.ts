import { Duration } from 'cdk8s';
import { goDuration } from '../../../../../formats/go-duration';
import { PluginOptions } from '../../../plugins/plugin-options';
import { PluginPod } from '../../../plugins/plugin-pod';

/**
 * How a trust bundle is written.
 */
export enum BundleFormat {
  /**
   * A SPIFFE bundle: JSON with X.509 and JWT authorities.
   */
  SPIFFE = 'spiffe',

  /**
   * A JSON Web Key Set: JWT and X.509 authorities without SPIFFE's own fields.
   */
  JWKS = 'jwks',

  /**
   * PEM: X.509 authorities only.
   */
  PEM = 'pem',
}

/**
 * What the publishers of bundles share.
 */
export interface BundlePublisherOptions extends PluginOptions {
  /**
   * How often readers should ask again, from one minute to under a day. Needs SPIRE 1.13.1.
   *
   * @default - SPIRE's own hint
   */
  readonly refreshHint?: Duration;
}

/**
 * The text of a refresh hint; refuses one that SPIRE notes as unfit.
 */
export function refreshHint(pod: PluginPod, hint: Duration | undefined): string | undefined {
  if (!hint) {
    return undefined;
  }
  pod.requireVersion('refreshHint of a bundle publisher', '1.13.1');
  if (hint.toMilliseconds() < 60_000 || hint.toMilliseconds() >= 86_400_000) {
    throw new Error(`refreshHint ${goDuration(hint)} is not possible: give at least 1m and less than 24h`);
  }
  return goDuration(hint);
}

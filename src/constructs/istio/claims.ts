import { Construct } from 'constructs';
import { Platform } from '../../delivery';

const CLAIMS = new WeakMap<Platform, Map<string, string>>();

/**
 * Refuses the second of two things that are not merged: one of them would be ignored, or the outcome is not defined.
 *
 * @param what what there may be only one of, such as `PeerAuthentication for namespace 'shop'`
 * @param name the name of the object that claims it
 */
export function claimOnce(scope: Construct, what: string, name: string): void {
  const platform = Platform.of(scope);
  const claims = CLAIMS.get(platform) ?? new Map<string, string>();
  CLAIMS.set(platform, claims);
  const other = claims.get(what);
  if (other !== undefined) {
    throw new Error(`'${name}' is a second ${what}, beside '${other}': they are not merged, write one`);
  }
  claims.set(what, name);
}

import { Duration } from 'cdk8s';
import { goDuration, requirePositive } from '../../formats/go-duration';

const SEVEN_DAYS = Duration.days(7);
const SHORTEST = Duration.seconds(30);

/**
 * What is left of a CA when its successor takes over: one sixth of its life, seven days at most.
 */
export function caReserve(caTtl: Duration): Duration {
  return Duration.millis(Math.min(Math.floor(caTtl.toMilliseconds() / 6), SEVEN_DAYS.toMilliseconds()));
}

/**
 * Refuses an SVID lifetime that SPIRE would cut short late in the life of its CA, or that is over before it is renewed.
 *
 * An SVID that is longer than what a CA has left when it is replaced may reach beyond the end of the CA that signs it.
 * SPIRE only logs a warning, and for registration entries nothing at all. It takes lifetimes of any shortness, though agents look every five
 * seconds for what to renew; those of entries are whole seconds, the rest is cut off, and zero is the default.
 */
export function requireTtlWithinCa(name: string, ttl: Duration | undefined, caTtl: Duration): void {
  requirePositive(name, ttl);
  requireRenewable(name, ttl);
  const limit = caReserve(caTtl);
  if (ttl && ttl.toMilliseconds() > limit.toMilliseconds()) {
    const rule = limit.toMilliseconds() === SEVEN_DAYS.toMilliseconds() ? 'the seven days that SPIRE keeps free' : `one sixth of the CA TTL (${goDuration(caTtl)})`;
    throw new Error(`${name} ${goDuration(ttl)} exceeds ${goDuration(limit)}, ${rule}: lower it or raise caTtl`);
  }
}

function requireRenewable(name: string, ttl: Duration | undefined): void {
  const milliseconds = ttl?.toMilliseconds() ?? 0;
  if (ttl && milliseconds < SHORTEST.toMilliseconds()) {
    throw new Error(`${name} ${goDuration(ttl)} is too short to be renewed in time, agents look every 5s: give at least ${goDuration(SHORTEST)}`);
  }
  if (ttl && milliseconds % 1000 !== 0) {
    throw new Error(`${name} ${goDuration(ttl)} is no number of seconds, SPIRE cuts off the rest: give whole seconds`);
  }
}

import { Duration } from 'cdk8s';

const UNITS: [string, number][] = [['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1]];

/**
 * A duration as Go's time.ParseDuration reads it: `90m` is `1h30m`, zero is `0s`.
 */
export function goDuration(duration: Duration): string {
  let rest = duration.toMilliseconds();
  if (rest === 0) {
    return '0s';
  }
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      parts.push(`${count}${unit}`);
    }
  }
  return parts.join('');
}

/**
 * Refuses a duration that is zero: SPIRE takes it as "not set" or as "already over", never as "none".
 */
export function requirePositive(name: string, duration: Duration | undefined): void {
  if (duration !== undefined && typeof duration?.toMilliseconds !== 'function') {
    throw new Error(`${name} is ${JSON.stringify(duration)}: give a Duration, such as Duration.hours(1)`);
  }
  if (duration && duration.toMilliseconds() <= 0) {
    throw new Error(`${name} is ${goDuration(duration)}: give a duration greater than zero, or leave it out for the default`);
  }
}

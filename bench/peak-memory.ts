import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * The most memory that this process had, in megabytes.
 *
 * What Node calls `maxRSS` begins, on Linux, with what the parent had when it started this process.
 */
export function peakMegabytes(): number {
  const [, kilobytes] = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8')) ?? [] : [];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024;
}

import { join } from 'node:path';
import type { HostileMeasurement } from './hostile-one';
import { median, run } from './process';

/**
 * What hostile texts cost: the medians of some rounds, each in a process of its own.
 *
 * @param code the folder of compiled code
 */
export function hostileTimes(code: string, rounds: number): HostileMeasurement[] {
  const runs: HostileMeasurement[][] = Array.from({ length: rounds }, () => JSON.parse(run(process.execPath, join(code, 'bench', 'hostile-one.js')).output));
  return runs[0].map(({ text }, i) => ({ text, few: median(runs.map((one) => one[i].few)), many: median(runs.map((one) => one[i].many)) }));
}

import { join } from 'node:path';
import type { CheckMeasurement } from './check-one';
import { median, run } from './process';

/**
 * What a check of many manifests costs.
 */
export interface CheckTime {
  readonly clusters: number;
  readonly objects: number;
  readonly milliseconds: number;
  /** The time of the check over that of reading the same texts once with the package `yaml`, in one process. */
  readonly ratio: number;
}

/**
 * The medians of some rounds, each in a process of its own.
 *
 * @param code the folder of compiled code
 * @param fixtures the folder of SPIRE's and Istio's manifests
 */
export function checkTime(code: string, fixtures: string, clusters: number, rounds: number): CheckTime {
  const runs: CheckMeasurement[] = Array.from({ length: rounds }, () =>
    JSON.parse(run(process.execPath, join(code, 'bench', 'check-one.js'), String(clusters), fixtures).output));
  return {
    clusters,
    objects: runs[0].objects,
    milliseconds: median(runs.map(({ checking }) => checking)),
    ratio: median(runs.map(({ checking, reading }) => checking / reading)),
  };
}

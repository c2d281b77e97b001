import { join } from 'node:path';
import type { CheckMemoryMeasurement } from './check-memory-one';
import { median, run } from './process';

/**
 * The most memory that a check of some manifests takes: the median of some rounds, each in a process of its own.
 *
 * @param code the folder of compiled code
 * @param folder where the manifests are written
 * @param fixtures the folder of SPIRE's and Istio's manifests
 */
export function checkMemory(code: string, folder: string, fixtures: string, count: number, rounds: number): CheckMemoryMeasurement {
  const runs: CheckMemoryMeasurement[] = Array.from({ length: rounds }, () =>
    JSON.parse(run(process.execPath, join(code, 'bench', 'check-memory-one.js'), String(count), fixtures, folder).output));
  return { manifests: runs[0].manifests, peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)) };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CheckMemoryMeasurement } from './check-memory-one';
import { median, run } from './process';
import type { Input } from '../src/checks/engine';

/**
 * The most memory that some manifests take.
 */
export interface CheckMemory {
  readonly manifests: number;
  readonly checking: number;
  /** To read them with the package `yaml`, and to keep the values. */
  readonly reading: number;
}

/**
 * The medians of some rounds, each in a process of its own.
 *
 * @param code the folder of compiled code
 * @param parent where the manifests are written
 */
export function checkMemory(code: string, parent: string, texts: Iterable<Input>, rounds: number): CheckMemory {
  const folder = mkdtempSync(join(parent, 'check-'));
  const measure = (program: 'check' | 'yaml'): CheckMemoryMeasurement[] => Array.from({ length: rounds }, () =>
    JSON.parse(run(process.execPath, join(code, 'bench', 'check-memory-one.js'), program, folder).output));
  const peak = (runs: CheckMemoryMeasurement[]): number => median(runs.map(({ peakMegabytes }) => peakMegabytes));
  try {
    for (const { file, text } of texts) writeFileSync(join(folder, basename(file)), text);
    const checks = measure('check');
    return { manifests: checks[0].manifests, checking: peak(checks), reading: peak(measure('yaml')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

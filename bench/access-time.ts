import { join } from 'node:path';
import type { AccessMeasurement } from './access-one';
import { median, run } from './process';

/**
 * What it costs to say who may call whom, with few workloads and with many.
 */
export interface AccessTime {
  readonly layers: string[];
  readonly few: AccessMeasurement;
  readonly many: AccessMeasurement;
}

const LAYERS = [['istio', 'networkPolicy', 'opa'], ['istio', 'cilium', 'envoyRbac'], ['waypoint', 'linkerd']];

/**
 * The medians of some rounds, each in a process of its own.
 *
 * @param code the folder of compiled code
 */
export function accessTimes(code: string, rounds: number): AccessTime[] {
  const measure = (workloads: number, layers: string[]): AccessMeasurement => {
    const runs: AccessMeasurement[] = Array.from({ length: rounds }, () =>
      JSON.parse(run(process.execPath, join(code, 'bench', 'access-one.js'), String(workloads), ...layers).output));
    return { statements: runs[0].statements, milliseconds: median(runs.map(({ milliseconds }) => milliseconds)) };
  };
  return LAYERS.map((layers) => ({ layers, few: measure(100, layers), many: measure(300, layers) }));
}

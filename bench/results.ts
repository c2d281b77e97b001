import { join } from 'node:path';
import { median, run } from './process';
import { Measurement } from './run-one';
import { Scenario } from './scenarios';

/**
 * The medians of one scenario.
 */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly objects: number;
  /** Without checks, as cdk8s has none. */
  readonly ours: Medians;
  readonly checked: Medians;
  readonly cdk8s?: Medians;
}

export interface Medians {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly processMilliseconds: number;
}

type Writer = 'ours' | 'checked' | 'cdk8s';

/**
 * Runs a scenario with both writers, and with ours and the checks, in turn, each time in a process of its own.
 *
 * Throws when their manifests differ.
 */
export function measure(name: string, scenario: Scenario, options: { readonly code: string; readonly folder: string; readonly rounds: number; readonly quick: boolean }): Result {
  const withCdk8s = scenario.writtenByCdk8s === 'always' || (scenario.writtenByCdk8s === 'unless quick' && !options.quick);
  const writers: Writer[] = withCdk8s ? ['cdk8s', 'ours', 'checked'] : ['ours', 'checked'];
  const runs: Record<Writer, (Measurement & { readonly processMilliseconds: number })[]> = { ours: [], checked: [], cdk8s: [] };
  for (let round = 0; round < options.rounds; round++) {
    // one look at what takes half a minute is enough
    for (const writer of writers.filter((each) => (runs[each][0]?.processMilliseconds ?? 0) < 30_000)) {
      const { output, milliseconds } = run(process.execPath, join(options.code, 'bench', 'run-one.js'), name, writer, options.folder);
      runs[writer].push({ ...JSON.parse(output), processMilliseconds: milliseconds });
    }
  }
  const [{ objects, digest }] = runs.ours;
  if (Object.values(runs).flat().some((other) => other.digest !== digest)) {
    throw new Error(`the manifests of '${name}' differ between cdk8s and GitOpsApp`);
  }
  return { name, title: scenario.title, objects, ours: medians(runs.ours), checked: medians(runs.checked), cdk8s: withCdk8s ? medians(runs.cdk8s) : undefined };
}

function medians(runs: Medians[]): Medians {
  return {
    milliseconds: median(runs.map((one) => one.milliseconds)),
    peakMegabytes: median(runs.map((one) => one.peakMegabytes)),
    processMilliseconds: median(runs.map((one) => one.processMilliseconds)),
  };
}

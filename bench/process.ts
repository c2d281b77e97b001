import { spawnSync } from 'node:child_process';

/**
 * Runs a program and gives its output and its time, all of the process counted.
 */
export function run(program: string, ...args: string[]): { readonly output: string; readonly milliseconds: number } {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${error ?? stderr}`);
  }
  return { output: stdout, milliseconds: performance.now() - start };
}

/**
 * The middle one of some numbers.
 */
export function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

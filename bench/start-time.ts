import { join } from 'node:path';
import { median, run } from './process';

/**
 * A cost in processor time, in milliseconds, and in modules of the package.
 */
export interface LoadTime {
  readonly milliseconds: number;
  readonly modules: number;
}

export interface StartTime {
  /** Of the first `require` in a process that has cdk8s and cdk8s-plus-27 already. */
  readonly first: LoadTime;
  /** Of the same and of each export: what a program pays that uses everything. */
  readonly everything: LoadTime;
}

/**
 * What the start of a program costs.
 *
 * @param code the folder of compiled code
 */
export function startTime(code: string, rounds: number): StartTime {
  const path = JSON.stringify(join(code, 'src', 'index.js'));
  return {
    first: loadTime(`require(${path})`, rounds),
    everything: loadTime(`(function use(exported) { for (const value of Object.values(exported)) if (value?.__esModule) use(value); })(require(${path}))`, rounds),
  };
}

function loadTime(load: string, rounds: number): LoadTime {
  const script = [
    "require('cdk8s'); require('cdk8s-plus-27');",
    'const before = Object.keys(require.cache).length; const start = process.cpuUsage();',
    `${load};`,
    'const { user, system } = process.cpuUsage(start);',
    'console.log(JSON.stringify({ milliseconds: (user + system) / 1000, modules: Object.keys(require.cache).length - before }));',
  ].join('\n');
  const runs: LoadTime[] = Array.from({ length: rounds }, () => JSON.parse(run(process.execPath, '-e', script).output));
  return { milliseconds: median(runs.map(({ milliseconds }) => milliseconds)), modules: runs[0].modules };
}

// Tests that import fast-check get this: the same cases in each run, so that a change is judged by what it changes. FUZZ_SEED=<number> looks at others.
import * as fc from '../../node_modules/fast-check/lib/cjs/fast-check';

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20261122) });

export * from '../../node_modules/fast-check/lib/cjs/fast-check';

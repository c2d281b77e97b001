import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './programs';

/**
 * The program: that of the environment variable `ENVOY`, or `envoy` on the PATH.
 */
const ENVOY = process.env.ENVOY || 'envoy';

const isThere = spawnSync(ENVOY, ['--version']).status === 0;

/**
 * `describe` for tests that run Envoy; without it they are skipped, and their title says why.
 */
export function describeWithEnvoy(name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
  } else {
    describe.skip(`${name} [skipped: no envoy on the PATH or in the variable ENVOY]`, tests);
  }
}

/**
 * Whether Envoy takes a bootstrap, and what it says.
 */
export function validateBootstrap(bootstrap: any): { accepted: boolean; says: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-envoy-'));
  try {
    const path = join(folder, 'envoy.json');
    writeFileSync(path, JSON.stringify(bootstrap));
    const run = spawnSync(ENVOY, ['--mode', 'validate', '-c', path, '--log-level', 'warn', '--disable-hot-restart'], { encoding: 'utf8' });
    return { accepted: run.status === 0, says: `${run.stdout}${run.stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Starts Envoy with a bootstrap. The returned function ends it.
 */
export function startEnvoy(bootstrap: any): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-envoy-'));
  const path = join(folder, 'envoy.json');
  writeFileSync(path, JSON.stringify(bootstrap));
  const stop = start(ENVOY, ['-c', path, '--log-level', 'critical', '--disable-hot-restart', '--concurrency', '1']);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
}

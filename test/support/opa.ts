import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The program: that of the environment variable `OPA`, or `opa` on the PATH.
 */
const OPA = process.env.OPA || 'opa';

const isThere = spawnSync(OPA, ['version']).status === 0;

/**
 * `describe` for tests that run OPA; without it they are skipped, and their title says why.
 */
export function describeWithOpa(name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
  } else {
    describe.skip(`${name} [skipped: no opa on the PATH or in the variable OPA]`, tests);
  }
}

/**
 * Runs OPA on files; those that end in `.rego` or `.json` and are not named in the arguments are found by their names.
 */
export function runOpa(args: string[], files: { [name: string]: string }): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-opa-'));
  try {
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
    return spawnSync(OPA, args, { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

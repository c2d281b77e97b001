import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The program of conformance/tools/cilium, which reads policies as Cilium's agent does: that of the environment variable `CILIUM_POLICY`.
 */
const CILIUM_POLICY = process.env.CILIUM_POLICY || 'cilium-policy';

const isThere = spawnSync(CILIUM_POLICY, ['version']).status === 0;

/**
 * `describe` for tests that ask Cilium; without it they are skipped, and their title says why.
 */
export function describeWithCilium(name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
  } else {
    describe.skip(`${name} [skipped: no cilium-policy on the PATH or in the variable CILIUM_POLICY]`, tests);
  }
}

/**
 * What Cilium says of policies: their names when it takes all of them, otherwise what it refuses.
 */
export function askCilium(policies: any[]): { readonly accepted: boolean; readonly says: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-cilium-'));
  try {
    const path = join(folder, 'policies.json');
    writeFileSync(path, policies.map((policy) => JSON.stringify(policy)).join('\n'));
    const { status, stdout, stderr } = spawnSync(CILIUM_POLICY, [path], { encoding: 'utf8' });
    return { accepted: status === 0, says: (status === 0 ? stdout : stderr).trim().split('\n') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

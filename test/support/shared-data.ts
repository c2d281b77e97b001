import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', 'shared', 'data');

/**
 * Whether the test data of other projects lies beside this project.
 */
export const hasSharedData = existsSync(ROOT);

export function sharedData(...path: string[]): string {
  return join(ROOT, ...path);
}

/**
 * `describe` for tests that need that data; without it they are skipped, and their title says why.
 */
export function describeWithSharedData(name: string, tests: () => void): void {
  if (hasSharedData) {
    describe(name, tests);
  } else {
    describe.skip(`${name} [skipped: ../shared/data is absent]`, tests);
  }
}

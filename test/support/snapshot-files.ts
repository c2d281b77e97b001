import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MOST_LINES = 1500;

declare global {
  namespace jest {
    interface Matchers<R> {
      /**
       * Compares texts with the files of a folder in `test/__snapshots__`: same files, same bytes.
       *
       * Snapshots of their own, not entries of one .snap file, so that a reviewer reads each as the YAML it is.
       * `npx projen test:update` writes them, and removes those that are no longer made.
       */
      toMatchSnapshotFiles(folder: string): R;
    }
  }
}

expect.extend({
  toMatchSnapshotFiles(received: { [file: string]: string }, folder: string) {
    const root = join(__dirname, '..', '__snapshots__', folder);
    // jest has no public way to ask whether it was started with --updateSnapshot
    const update = (this as any).snapshotState._updateSnapshot === 'all';
    if (update) {
      rewrite(root, received);
    }
    const problems = differences(root, received, (expected, actual) => this.utils.diff(expected, actual, { expand: false, contextLines: 3 }) ?? '');
    return {
      pass: problems.length === 0,
      message: () => `${problems.join('\n')}\nif the change is meant: npx projen test:update`,
    };
  },
});

export function differences(root: string, received: { [file: string]: string }, diff: (expected: string, actual: string) => string): string[] {
  const stored = filesBelow(root);
  return [
    ...Object.keys(received).filter((file) => !stored.includes(file)).map((file) => `${file} has no snapshot`),
    ...stored.filter((file) => !(file in received)).map((file) => `${file} is no longer made`),
    ...stored.filter((file) => file in received && readFileSync(join(root, file), 'utf8') !== received[file])
      .map((file) => `${file} differs:\n${diff(readFileSync(join(root, file), 'utf8'), received[file])}`),
    ...Object.entries(received).filter(([, text]) => text.split('\n').length > MOST_LINES)
      .map(([file, text]) => `${file} has ${text.split('\n').length} lines, which nobody reads: split it, ${MOST_LINES} are allowed`),
  ];
}

export function rewrite(root: string, received: { [file: string]: string }): void {
  rmSync(root, { recursive: true, force: true });
  for (const [file, text] of Object.entries(received)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

function filesBelow(root: string): string[] {
  return existsSync(root)
    ? (readdirSync(root, { recursive: true }) as string[]).filter((path) => statSync(join(root, path)).isFile()).sort()
    : [];
}

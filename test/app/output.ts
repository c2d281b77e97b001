import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AppProps } from 'cdk8s';
import type { GitOpsApp } from '../../src';

/**
 * The files below a folder with their text; the list that a `GitOpsApp` keeps of its own files is left out.
 */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('.cdk8s-spiffe-files')).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

/**
 * Runs with a folder that is gone afterwards.
 */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What an app writes.
 */
export function outputOf(type: new (props: AppProps) => App, define: (app: App) => void, props: AppProps = {}): Record<string, string> {
  return withFolder((outdir) => {
    const app = new type({ ...props, outdir });
    define(app);
    app.synth();
    return filesIn(outdir);
  });
}

/**
 * Runs as another program would that is started later: it knows nothing of the apps of this one.
 */
export function inNextProgram(use: (app: typeof GitOpsApp) => void): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  jest.isolateModules(() => use((require('../../src') as typeof import('../../src')).GitOpsApp));
}

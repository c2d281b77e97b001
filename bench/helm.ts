import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { median, run } from './process';
import { SCENARIOS } from './scenarios';
import { GitOpsApp } from '../src';

/**
 * How long `helm template` takes for a chart that holds what a scenario writes, in milliseconds; nothing where Helm is absent.
 *
 * The templates hold plain text, which is the least that Helm can do.
 */
export function helmTime(scenario: string, folder: string, rounds: number): number | undefined {
  if (spawnSync('helm', ['version']).status !== 0) {
    return undefined;
  }
  const chart = join(folder, 'chart');
  const app: App = new GitOpsApp({ outdir: join(folder, 'manifests') });
  SCENARIOS[scenario].define(app);
  app.synth();
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  const files = readdirSync(app.outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith('.k8s.yaml'));
  files.forEach((entry, index) => {
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    writeFileSync(join(chart, 'templates', `${index}.yaml`), text.replace(/\{\{|\}\}/g, (braces) => `{{ \`${braces}\` }}`));
  });
  return median(Array.from({ length: rounds }, () => run('helm', 'template', 'bench', chart).milliseconds));
}

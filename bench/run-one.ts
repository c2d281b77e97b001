import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { peakMegabytes } from './peak-memory';
import { SCENARIOS } from './scenarios';
import { GitOpsApp, OutputChecks } from '../src';

/**
 * What one process measured.
 */
export interface Measurement {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly objects: number;
  /** Of the manifests, whatever their files are called. */
  readonly digest: string;
}

// one process: defines an app and synthesizes it; cdk8s checks nothing, so what is compared with it does not either
const [scenario, writer, folder] = process.argv.slice(2);
const outdir = mkdtempSync(join(folder, 'bench-'));
try {
  const app = writer === 'cdk8s' ? new App({ outdir }) : new GitOpsApp({ outdir, checks: writer === 'ours' ? OutputChecks.OFF : OutputChecks.REPORT });
  const { define, countsDefinition } = SCENARIOS[scenario];
  let start = process.cpuUsage();
  define(app);
  if (!countsDefinition) {
    start = process.cpuUsage();
  }
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  const peak = peakMegabytes();
  const texts = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.k8s.yaml'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .filter((text) => text !== '')
    .sort();
  const objects = texts.reduce((sum, text) => sum + text.split('\n---\n').length, 0);
  const measurement: Measurement = { milliseconds, peakMegabytes: peak, objects, digest: createHash('sha256').update(texts.join('---\n')).digest('hex') };
  console.log(JSON.stringify(measurement));
} finally {
  rmSync(outdir, { recursive: true });
}

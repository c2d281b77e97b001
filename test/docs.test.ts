import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { Synthesized } from './support/synth';
import { overviewPicture } from '../scripts/overview-picture';
import * as library from '../src';

const ROOT = join(__dirname, '..');
const PICTURE = join(ROOT, 'docs', 'images', 'bookinfo-zero-trust.svg');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the picture in the README shows what the preset writes', () => {
  const cluster = library.Cluster.of({ name: 'demo', trustDomain: library.TrustDomain.of('example.org') });
  const drawn = overviewPicture(Synthesized.of((app) => new library.presets.BookinfoZeroTrust(app, 'bookinfo', { cluster })).files);
  if ((expect.getState() as any).snapshotState?._updateSnapshot === 'all') {
    writeFileSync(PICTURE, drawn);
  }
  expect(drawn).toBe(readFileSync(PICTURE, 'utf8'));
});

test('the README tells of every construct', () => {
  const constructs = [...Object.entries(library), ...Object.entries(library.presets)]
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
    .map(([name]) => name)
    .filter((name) => !['GitOpsApp', 'StageChart', 'Artifact'].includes(name));
  expect(constructs.filter((name) => !new RegExp(`^\\|.*\`(presets\\.)?${name}\``, 'm').test(README))).toEqual([]);
});

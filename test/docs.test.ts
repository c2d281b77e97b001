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

test('Bookinfo\'s calls are at most 15 lines of user code, and those of the preset', () => {
  const code = /^Bookinfo as a whole[^]*?```ts\n([^]*?)```/m.exec(readFileSync(join(ROOT, 'docs', 'access.md'), 'utf8'))![1];
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  const cluster = library.Cluster.of({ name: 'demo', trustDomain: library.TrustDomain.of('example.org') });
  const preset = new library.presets.BookinfoZeroTrust(new library.GitOpsApp(), 'bookinfo', { cluster });
  const workload = (name: string) => preset.mesh.workloads.find((one) => one.name === name)!;
  const names = {
    AccessPolicy: library.AccessPolicy,
    platform: new Construct(preset, 'documented'),
    mesh: preset.mesh,
    ingress: preset.ingress,
    productpage: workload('productpage-v1'),
    details: workload('details-v1'),
    ratings: workload('ratings-v1'),
    ...Object.fromEntries(['v1', 'v2', 'v3'].map((version) => [`reviews${version.toUpperCase()}`, workload(`reviews-${version}`)])),
  };
  const documented: library.AccessPolicy = new Function(...Object.keys(names), `${code}; return access;`)(...Object.values(names));
  const [own] = preset.node.findAll().filter((one): one is library.AccessPolicy => one instanceof library.AccessPolicy && one !== documented);
  const said = (access: library.AccessPolicy) => access.statements
    .map(({ action, source, destination, port, methods, paths }) => [action, source, destination, port, methods, paths].map(String).join(' ')).sort();
  expect(said(documented)).toEqual(said(own));
});

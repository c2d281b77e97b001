import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circles, FloorPlan, forbiddenImports, forbiddenPackages, readHouse, SourceFile, untested } from './support/house';

const SRC = join(__dirname, '..', 'src');
const GROUND = ['identity', 'cluster', 'formats', 'delivery'];
const MAKERS = [...GROUND, 'constructs'];
const JUDGES = ['identity', 'formats', 'model'];
const EVERYTHING = [...GROUND, 'constructs', 'presets', 'app', 'cli', 'model', 'checks', 'reach'];

/**
 * Two wings on one ground floor under one roof (ARCHITECTURE.md): makers write manifests, judges read them, neither imports the other.
 */
const PLAN: FloorPlan = {
  // ground
  'identity': [],
  'formats': [],
  'cluster': ['identity'],
  'delivery': ['identity', 'cluster', 'formats'],
  // makers, lower ones first
  'constructs': GROUND,
  'constructs/network': MAKERS,
  'constructs/spire': [...MAKERS, 'constructs/network'],
  'constructs/vault': [...MAKERS, 'constructs/spire'],
  'constructs/oidc': [...MAKERS, 'constructs/spire'],
  'constructs/istio': [...MAKERS, 'constructs/spire'],
  'constructs/linkerd': [...MAKERS, 'constructs/spire'],
  'constructs/cilium': [...MAKERS, 'constructs/spire', 'constructs/network'],
  'constructs/envoy': [...MAKERS, 'constructs/spire', 'constructs/istio'],
  'constructs/opa': [...MAKERS, 'constructs/spire', 'constructs/istio', 'constructs/envoy'],
  'constructs/access': [...MAKERS, ...['spire', 'istio', 'opa', 'envoy', 'network', 'cilium', 'linkerd'].map((name) => `constructs/${name}`)],
  'constructs/federation': [...MAKERS, ...['spire', 'istio', 'access', 'observability'].map((name) => `constructs/${name}`)],
  'constructs/ci': [...MAKERS, 'constructs/spire', 'constructs/oidc'],
  'constructs/observability': [...MAKERS, ...['spire', 'istio', 'opa', 'envoy', 'vault', 'oidc'].map((name) => `constructs/${name}`)],
  'constructs/operations': [...MAKERS, 'constructs/spire'],
  'presets': [...MAKERS, ...['spire', 'vault', 'oidc', 'istio', 'linkerd', 'cilium', 'network', 'envoy', 'opa', 'access', 'federation', 'ci', 'observability', 'operations']
    .map((name) => `constructs/${name}`)],
  // judges
  'model': ['identity', 'formats'],
  'reach': JUDGES,
  'checks': [...JUDGES, 'reach'],
  // roof
  'app': [...GROUND, 'model', 'checks'],
  'cli': [...JUDGES, 'checks', 'reach'],
  '.': EVERYTHING,
};

/**
 * The barrel of a folder hands on its sub-folders to the public API and to nobody else.
 */
const withoutBarrels = (files: SourceFile[]) => files.filter((file) => file.path !== 'constructs/index.ts');

const PACKAGES = {
  'cdk8s': ['delivery', 'constructs', 'presets', 'app', 'formats/go-duration.ts', 'formats/yaml'],
  'constructs': ['delivery', 'constructs', 'presets', 'app'],
  'cdk8s-plus-27': ['constructs', 'presets'],
  'yaml': ['model', 'checks', 'reach', 'cli', 'formats'],
};

const house = readHouse(SRC);
const typescript = (folder: string) => (readdirSync(folder, { recursive: true }) as string[]).filter((path) => path.endsWith('.ts'));

test('imports point down and never across the wings', () => {
  expect(forbiddenImports(withoutBarrels(house), PLAN)).toEqual([]);
});

test('imports make no circle', () => {
  expect(circles(house)).toEqual([]);
});

test('packages are imported only where they belong', () => {
  expect(forbiddenPackages(house, PACKAGES)).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const lines = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8').split('\n').length - 1;
  const files = [SRC, __dirname].flatMap((folder) => typescript(folder).map((path) => ({ path, lines: lines(folder, path) })));
  expect(files.filter((file) => file.lines > 400)).toEqual([]);
});

test('nobody imports the barrel of all constructs', () => {
  expect(house.filter((file) => file.path !== 'index.ts' && file.imports.includes('constructs/index.ts')).map((file) => file.path)).toEqual([]);
});

test('every file with code has a test in its folder or one above', () => {
  expect(untested(house, typescript(__dirname))).toEqual([]);
});

describe('the guards', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({ path, imports, exports: [], hasCode: true });

  test.each([
    ['a maker imports a judge', file('constructs/istio/mesh.ts', 'checks/rule.ts')],
    ['a judge imports a maker', file('checks/rule.ts', 'constructs/spire/spire.ts')],
    ['a judge imports the tree of constructs', file('model/model.ts', 'delivery/platform.ts')],
    ['the ground imports a maker', file('cluster/cluster.ts', 'constructs/labels.ts')],
    ['identities import the cluster', file('identity/spiffe-id.ts', 'cluster/cluster.ts')],
    ['spire imports istio', file('constructs/spire/spire.ts', 'constructs/istio/mesh.ts')],
    ['a shared part of the makers imports spire', file('constructs/labels.ts', 'constructs/spire/spire.ts')],
    ['a construct imports a preset', file('constructs/spire/server/config.ts', 'presets/bookinfo.ts')],
    ['a construct imports the app', file('constructs/spire/spire.ts', 'app/gitops-app.ts')],
    ['a file imports the whole library', file('presets/bookinfo.ts', 'index.ts')],
    ['a folder is not in the plan', file('helpers/strings.ts')],
  ])('fails when %s', (_, wrong) => {
    expect(forbiddenImports([wrong], PLAN).length).toBe(1);
  });

  test('what the plan has passes', () => {
    expect(forbiddenImports([
      file('constructs/istio/mesh.ts', 'constructs/spire/index.ts', 'constructs/labels.ts', 'delivery/index.ts', 'identity/index.ts'),
      file('constructs/spire/server/config.ts', 'constructs/spire/ttl.ts', 'formats/hcl/index.ts'),
      file('checks/rule.ts', 'model/model.ts'),
      file('index.ts', 'app/index.ts', 'identity/index.ts'),
    ], PLAN)).toEqual([]);
  });

  test('fails for a circle, once', () => {
    expect(circles([file('a.ts', 'b.ts'), file('b.ts', 'c.ts', 'd.ts'), file('c.ts', 'a.ts'), file('d.ts')])).toEqual(['a.ts > b.ts > c.ts > a.ts']);
    expect(circles([file('a.ts', 'b.ts', 'c.ts'), file('b.ts', 'c.ts'), file('c.ts')])).toEqual([]);
  });

  test('fails for a package in the wrong place', () => {
    expect(forbiddenPackages([file('identity/a.ts', 'cdk8s'), file('constructs/a.ts', 'cdk8s', 'node:fs', 'lodash')], PACKAGES)).toEqual([
      'identity/a.ts imports package cdk8s: only delivery, constructs, presets, app, formats/go-duration.ts, formats/yaml may',
      'constructs/a.ts imports package lodash: no file may',
    ]);
  });

  const files = [
    { ...file('index.ts'), exports: ['a/index.ts'], hasCode: false },
    { ...file('a/index.ts'), exports: ['a/open.ts', 'a/types.ts'], hasCode: false },
    { ...file('a/types.ts'), hasCode: false },
    file('a/open.ts'),
    file('a/deep/inner.ts'),
    file('b/inner.ts'),
  ];

  test('fails for a folder without tests', () => {
    expect(untested(files, ['a/x.test.ts', 'b/x.test.ts'])).toEqual([]);
    expect(untested(files, ['a/deep/x.test.ts', 'x.test.ts'])).toEqual(['a/open.ts', 'b/inner.ts']);
  });

  test('a file of types, and one that hands on others, has no code', () => {
    const code = (path: string) => house.find((source) => source.path === path)!.hasCode;
    expect([code('identity/index.ts'), code('identity/trust-domain.ts')]).toEqual([false, true]);
  });
});

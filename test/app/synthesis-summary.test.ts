import { SynthesisSummary } from '../../src';

test('a tree of the stages with counts, and what to do next', () => {
  const summary = new SynthesisSummary('dist', [
    { path: 'prod/00-crds/spire-crds.k8s.yaml', kinds: ['CustomResourceDefinition', 'CustomResourceDefinition'] },
    { path: 'prod/80-apps/web.k8s.yaml', kinds: ['Deployment', 'Service'] },
    { path: 'prod/80-apps/many.k8s.yaml', kinds: ['A', 'B', 'C', 'D', 'E', 'A'] },
    { path: 'prod/artifacts/VERIFY.md', kinds: [], purpose: 'commands' },
  ]);
  expect(summary.objectCount).toBe(10);
  expect(summary.toString().split('\n')).toEqual([
    'wrote 10 objects in 4 files to dist/',
    '',
    'prod/',
    '  00-crds            CustomResourceDefinition x2',
    '  80-apps            Deployment, Service, A x2, B, C, D and 1 more kind',
    '  artifacts/VERIFY.md                      commands',
    '',
    'next: apply the stages in order, each when the one before is healthy',
    '  kubectl apply --server-side -f dist/prod/00-crds/',
    '  the commands for each stage, and the check after it, are in dist/prod/artifacts/VERIFY.md',
    '',
    'checks: off',
    '',
  ]);
});

test('one is not many', () => {
  expect(new SynthesisSummary('dist', [{ path: 'prod/00-crds/a.k8s.yaml', kinds: ['A'] }]).toString()).toContain('wrote 1 object in 1 file to dist/');
});

test('each cluster has its own tree', () => {
  const files = ['one', 'two'].map((cluster) => ({ path: `${cluster}/00-crds/a.k8s.yaml`, kinds: ['A'] }));
  expect(new SynthesisSummary('dist', files).toString().match(/^(one|two)\/$/gm)).toEqual(['one/', 'two/']);
});

test('charts that are in no platform are shown by their files', () => {
  expect(new SynthesisSummary('dist', [{ path: 'web.k8s.yaml', kinds: ['Service'] }, { path: 'web/Service.a.k8s.yaml', kinds: ['Service'] }]).toString().split('\n')).toEqual([
    'wrote 2 objects in 2 files to dist/',
    '  web.k8s.yaml       Service',
    '  web/Service.a.k8s.yaml Service',
    '',
    'checks: off',
    '',
  ]);
});

test('it stays short for many clusters', () => {
  const files = Array.from({ length: 1000 }, (_, index) => ({ path: `c${index}/80-apps/a.k8s.yaml`, kinds: ['Service'] }));
  const lines = new SynthesisSummary('dist', files).toString().split('\n');
  expect(lines[0]).toBe('wrote 1000 objects in 1000 files to dist/');
  expect(lines.slice(-5)).toEqual(['', 'and 990 more clusters in the same way', '', 'checks: off', '']);
  expect(lines.length).toBeLessThan(100);
});

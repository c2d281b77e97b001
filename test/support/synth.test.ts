import { existsSync } from 'node:fs';
import { ApiObject, Chart } from 'cdk8s';
import { CLUSTER, Synthesized, synthPlatform } from './synth';
import { Artifact, GitOpsApp, Platform, Stage } from '../../src';

const configMap = (name: string, namespace = 'shop') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { on: 'yes' } });

const platform = () => synthPlatform((scope) => {
  new ApiObject(scope.chart(Stage.APPS, 'web'), 'a', configMap('a'));
  new ApiObject(scope.chart(Stage.APPS, 'web'), 'b', configMap('b'));
  new ApiObject(scope.chart(Stage.APPS, 'db'), 'c', configMap('c'));
  new ApiObject(scope.chart(Stage.MESH, 'mesh'), 'd', configMap('a', 'istio-system'));
  new Artifact(scope, 'values', { fileName: 'values.yaml', purpose: 'values', content: { render: () => 'a: 1\n' } });
});

test('objects are read back by the path that they are written to', () => {
  expect(Object.keys(platform().objects)).toEqual([
    'prod/50-mesh/mesh.k8s.yaml', 'prod/80-apps/db.k8s.yaml', 'prod/80-apps/web.k8s.yaml',
  ]);
  expect(platform().objects['prod/80-apps/db.k8s.yaml'][0]).toMatchObject({ kind: 'ConfigMap', data: { on: 'yes' } });
});

test('an object is found by kind, name and namespace', () => {
  expect(platform().object('ConfigMap', 'a', 'shop').metadata.namespace).toBe('shop');
  expect(platform().ofKind('ConfigMap').length).toBe(4);
});

test('fails for an object that is not there, or not alone', () => {
  expect(() => platform().object('ConfigMap', 'x')).toThrow("0 objects are ConfigMap 'x'; there are a, c, a, b");
  expect(() => platform().object('ConfigMap', 'a')).toThrow("2 objects are ConfigMap 'a'");
});

test('nothing stays on disk, also when the synthesis fails', () => {
  let outdir = '';
  const define = (app: GitOpsApp) => {
    outdir = app.outdir;
    new Platform(app, 'one', { cluster: CLUSTER });
    new Platform(app, 'two', { cluster: CLUSTER });
  };
  expect(() => Synthesized.of(define)).toThrow("cluster name 'prod' is used by two platforms");
  expect(existsSync(outdir)).toBe(false);
});

test('a chart outside of a platform is read too', () => {
  const synthesized = Synthesized.of((app) => new ApiObject(new Chart(app, 'own'), 'a', configMap('a')));
  expect(Object.keys(synthesized.files)).toEqual(['own.k8s.yaml']);
});

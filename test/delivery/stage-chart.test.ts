import { ApiObject, App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Stage, StageChart } from '../../src/delivery';

const WAVE = 'argocd.argoproj.io/sync-wave';
const configMap = (name: string, annotations?: { [key: string]: string }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations } });

test('every object has the wave of the stage, and keeps one of its own', () => {
  fc.assert(fc.property(fc.array(fc.option(fc.integer().map(String)), { maxLength: 5 }), fc.integer(), (own, wave) => {
    const chart = new StageChart(new App(), 'web', Stage.of({ name: 'a', order: 1, wave }));
    own.forEach((value, index) => new ApiObject(chart, `o${index}`, configMap(`o${index}`, value === null ? undefined : { [WAVE]: value })));
    const expected = own.map((value) => value ?? String(wave));
    expect(chart.toJson().map((object) => object.metadata.annotations[WAVE])).toEqual(expected);
    expect(chart.toJson().map((object) => object.metadata.annotations[WAVE])).toEqual(expected);
  }), { numRuns: 30 });
});

test('other annotations stay', () => {
  const chart = new StageChart(new App(), 'web', Stage.APPS);
  new ApiObject(chart, 'a', configMap('a', { note: 'x' }));
  expect(chart.toJson()[0].metadata.annotations).toEqual({ [WAVE]: '10', note: 'x' });
});

test.each(['../web', 'a/b', '.web', 'a b'])('fails for component %j, which names a file', (component) => {
  expect(() => new StageChart(new App(), component, Stage.APPS)).toThrow(`component '${component}' is no file name`);
});

test('it is told from other charts', () => {
  const app = new App();
  expect(StageChart.isStageChart(new StageChart(app, 'web', Stage.APPS))).toBe(true);
  expect([new Chart(app, 'own'), app, undefined, null].map((other) => StageChart.isStageChart(other))).toEqual([false, false, false, false]);
});

import * as fc from 'fast-check';
import { Stage } from '../../src/delivery';
import { anyText, labels } from '../support/arbitraries';

const LIBRARY = [
  Stage.CRDS, Stage.NAMESPACES, Stage.SPIRE_SERVER, Stage.SPIRE_AGENT, Stage.IDENTITIES,
  Stage.MESH, Stage.POLICIES, Stage.GATEWAYS, Stage.APPS, Stage.MONITORING,
];

test('folders and waves of the library have the same order', () => {
  const folders = LIBRARY.map((stage) => stage.folder);
  const waves = LIBRARY.map((stage) => stage.wave);
  expect(folders).toEqual([...folders].sort());
  expect(waves).toEqual([...waves].sort((a, b) => a - b));
  expect(new Set(waves).size).toBe(waves.length);
});

test('folders sort as orders do', () => {
  const stages = fc.tuple(labels.filter((name) => !name.includes('--')), fc.integer({ min: 0, max: 99 }));
  fc.assert(fc.property(stages, stages, ([name, order], [otherName, otherOrder]) => {
    const one = Stage.of({ name, order, wave: 0 }).folder;
    const other = Stage.of({ name: otherName, order: otherOrder, wave: 0 }).folder;
    fc.pre(order !== otherOrder);
    expect(one < other).toBe(order < otherOrder);
  }));
});

test('any name makes a folder of that name, or an error', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'ab1-./A '), maxLength: 6 });
  fc.assert(fc.property(fc.oneof(nearly, anyText), (name) => {
    try {
      expect(Stage.of({ name, order: 5, wave: 0 }).folder).toBe(`05-${name}`);
      expect(name).toMatch(/^[a-z0-9-]+$/);
    } catch (error) {
      expect((error as Error).message).toBe(`stage name '${name}' is no folder name: use a-z, 0-9 and single '-' between them`);
    }
  }));
});

test.each([-1, 100, 1.5, NaN, Infinity])('fails for order %s', (order) => {
  expect(() => Stage.of({ name: 'a', order, wave: 0 })).toThrow(`order ${order} of stage 'a' does not sort: use a whole number from 0 to 99`);
});

test.each([1.5, NaN])('fails for wave %s', (wave) => {
  expect(() => Stage.of({ name: 'a', order: 1, wave })).toThrow(`wave ${wave} of stage 'a' is no sync wave: use a whole number`);
});

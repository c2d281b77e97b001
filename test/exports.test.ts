import * as library from '../src';

test('the package has classes and enumerations, and no function of its own use', () => {
  const all = [...Object.entries(library), ...Object.entries(library.presets), ...Object.entries(library.checks)];
  expect(all.filter(([, value]) => typeof value === 'function').length).toBeGreaterThan(70);
  expect(all.filter(([, value]) => typeof value === 'function' && !/^class\b/.test(String(value))).map(([name]) => name)).toEqual([]);
  expect(all.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)).map(([name]) => name)).toEqual([]);
});

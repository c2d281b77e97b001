import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { exoticDocument, nastyDocument, nastyString } from './nasty';
import { stringifyYaml } from '../../../src/formats/yaml';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

function expectSameBytes(...documents: unknown[]): void {
  expect(stringifyYaml(documents)).toBe(Yaml.stringify(...documents));
}

describe('stringifyYaml writes the bytes of cdk8s', () => {
  test(`for ${RUNS} nasty documents`, () => {
    fc.assert(fc.property(nastyDocument, (document) => expectSameBytes(document)), { numRuns: RUNS });
  }, 3_600_000);

  test(`for ${RUNS} exotic documents`, () => {
    fc.assert(fc.property(exoticDocument, (document) => expectSameBytes(document)), { numRuns: RUNS });
  }, 3_600_000);

  test(`for ${RUNS} nasty strings as values, items and keys at each depth`, () => {
    fc.assert(fc.property(nastyString, (text) =>
      expectSameBytes({ [text]: text, nested: { [text]: [text, [text], { [text]: text, last: [[{ [text]: text }]] }] } })), { numRuns: RUNS });
  }, 3_600_000);

  test('for characters at the borders of what needs quotes, alone, inside and in a block', () => {
    const borders = [0x2000, 0xd7f0, 0xdbf8, 0xdff0, 0xfee0, 0xffe0];
    const units = [...Array(0x300).keys(), ...borders.flatMap((start) => [...Array(0x20).keys()].map((index) => start + index))];
    for (const unit of units) {
      const character = String.fromCharCode(unit);
      expectSameBytes({ [`${character}k`]: [character, `a${character}b`, `a${character}`, `a\n${character}b\n`] });
    }
  });

  test('for no, one and several documents', () => {
    expectSameBytes();
    expectSameBytes(undefined);
    expectSameBytes(undefined, { a: 1 }, {}, [], null, 'text', { b: [] });
  });

  test('for an object that is used twice, with an anchor and an alias', () => {
    const labels = { app: 'a' };
    expectSameBytes({ selector: labels, template: { labels } });
    expect(stringifyYaml([{ selector: labels, template: { labels } }])).toContain('&a1');
  });

  test('for an object that contains itself', () => {
    const cycle: Record<string, unknown> = { a: 1 };
    cycle.cycle = cycle;
    expectSameBytes(cycle);
  });

  test('for an object with a method toJSON', () => {
    expectSameBytes({ date: { toJSON: () => 'today' } });
  });

  test('fails for a function, with the words of cdk8s', () => {
    const document = { spec: { run: () => 1 } };
    expect(() => Yaml.stringify(document)).toThrow('Tag not resolved for Function value');
    expect(() => stringifyYaml([document])).toThrow('Tag not resolved for Function value');
  });

  test('fails for a symbol, with the words of cdk8s', () => {
    expect(() => stringifyYaml([{ spec: Symbol('a') }])).toThrow('Tag not resolved for Symbol value');
  });
});

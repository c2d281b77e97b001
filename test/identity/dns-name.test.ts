import * as fc from 'fast-check';
import { isDnsLabel, isDnsSubdomain } from '../../src/identity/dns-name';
import { anyText } from '../support/arbitraries';

const isLabel = (text: string) => text !== '' && [...text].every((c) => 'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(c)) && !/^-|-$/.test(text);
const nearly = fc.string({ unit: fc.constantFrom(...'a0-.A_'), maxLength: 6 });

test('a subdomain is labels with dots between them', () => {
  fc.assert(fc.property(fc.oneof(nearly, anyText), (text) => {
    expect(isDnsSubdomain(text)).toBe(text.length <= 253 && text.split('.').every(isLabel));
    expect(isDnsLabel(text)).toBe(text.length <= 63 && isLabel(text));
  }), { numRuns: 1000 });
});

test('lengths have limits', () => {
  expect([63, 64].map((length) => isDnsLabel('a'.repeat(length)))).toEqual([true, false]);
  expect([253, 254].map((length) => isDnsSubdomain('a'.repeat(length)))).toEqual([true, false]);
  expect([63, 64].map((length) => isDnsSubdomain('a'.repeat(length), 63))).toEqual([true, false]);
});

import { readFileSync } from 'node:fs';
import { REFUSED, UNWRITABLE } from './refused';
import { describeWithSharedData, hasSharedData, sharedData } from '../../../support/shared-data';

test.each(REFUSED)('%s: the same is refused by the library, with the fix', (_, make, message) => {
  expect(make).toThrow(message);
});

const refused = hasSharedData
  ? readFileSync(sharedData('spire-verdicts', 'files.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t')).filter(([, outcome]) => outcome === 'refused').map(([file]) => file)
  : [];

describeWithSharedData('recorded configurations that SPIRE 1.15.3 refuses', () => {
  test('there are some', () => expect(refused.length).toBeGreaterThan(250));

  test('each is refused by the library too, or cannot be said with it', () => {
    const known = new Set(REFUSED.map(([file]) => file));
    expect(refused.filter((file) => !known.has(file) && !UNWRITABLE.some(({ files }) => files.test(file)))).toEqual([]);
  });

  test('each row is about a file that SPIRE refuses, and each reason is needed', () => {
    expect(REFUSED.map(([file]) => file).filter((file) => !refused.includes(file))).toEqual([]);
    expect(UNWRITABLE.filter(({ files }) => !refused.some((file) => files.test(file))).map(({ reason }) => reason)).toEqual([]);
  });
});

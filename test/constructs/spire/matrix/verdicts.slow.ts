import { readFileSync } from 'node:fs';
import { ALL_CASES } from './all-cases';
import { keyPaths } from './key-paths';
import { NOT_OFFERED, OTHER_SPELLINGS, UNREAD } from './not-offered';
import { OutputChecks, Spire } from '../../../../src';
import { describeWithSharedData, hasSharedData, sharedData } from '../../../support/shared-data';
import { CLUSTER, synthPlatform } from '../../../support/synth';

const ACCEPTED = ['accepted', 'accepted-with-warning', 'note'];

const files = hasSharedData ? readFileSync(sharedData('spire-verdicts', 'files.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t')) : [];

describeWithSharedData('recorded configurations that SPIRE 1.15.3 takes', () => {
  const outputs = ALL_CASES.map((each) => synthPlatform((platform) => new Spire(platform, 'spire', each.props), CLUSTER, OutputChecks.OFF));
  const accepted = files.filter(([, outcome]) => ACCEPTED.includes(outcome)).map(([file]) => file);
  const known = (side: string) => new Set(outputs.flatMap((output) =>
    [...keyPaths(output.object('ConfigMap', `spire-${side}`).data[`${side}.conf`])]));
  const excused = [...NOT_OFFERED.map(({ keys }) => keys), ...UNREAD, ...OTHER_SPELLINGS];

  test('there are some', () => expect(accepted.length).toBeGreaterThan(250));

  test.each(['server', 'agent'])('have no key of the %s that the library cannot write, but for those with a reason', (side) => {
    const ours = known(side);
    const missing = accepted.filter((file) => file.startsWith(`${side}/`)).flatMap((file) =>
      [...keyPaths(readFileSync(sharedData('spire-verdicts', file), 'utf8'))]
        .filter((path) => !ours.has(path) && !excused.some((pattern) => pattern.test(path)))
        .map((path) => `${file}: ${path}`));
    expect(missing).toEqual([]);
  });

  test('each reason is still needed, and excuses no key that the library writes', () => {
    const ours = ['server', 'agent'].flatMap((side) => [...known(side)]);
    const theirs = accepted.flatMap((file) => [...keyPaths(readFileSync(sharedData('spire-verdicts', file), 'utf8'))]);
    const idle = excused.filter((pattern) => !theirs.some((path) => pattern.test(path)));
    const contradicted = excused.filter((pattern) => ours.some((path) => pattern.test(path) && !OTHER_SPELLINGS.includes(pattern)));
    expect({ idle: idle.map(String), contradicted: contradicted.map(String) }).toEqual({ idle: [], contradicted: [] });
  });
});

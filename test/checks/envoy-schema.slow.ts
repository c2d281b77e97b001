import { parse } from 'yaml';
import { fixture } from './cases';
import { envoyMessageFaults } from '../../src/checks/schemas/envoy';
import { Json, Path } from '../../src/model/manifest';
import { describeWithEnvoy, validateBootstrap } from '../support/envoy';

const BOOTSTRAP = parse(fixture('bootstrap.yaml'));
// of all mutations, each run with Envoy takes a tenth of a second
const EVERY = 41;
const VALUES = ['abc', '', '5', 5, -1, 100000, true, '1s', [], {}, null, ['abc'], { a: 1 }];

interface Mutation {
  readonly what: string;
  readonly bootstrap: Json;
}

/** The bootstrap with one value changed, removed, or under another name. */
function mutations(value: Json, path: Path = []): Mutation[] {
  const children = typeof value === 'object' && value !== null ? Object.keys(value).flatMap(key => mutations(value[key], [...path, Array.isArray(value) ? Number(key) : key])) : [];
  if (path.length === 0) return children;
  const name = path[path.length - 1];
  const own: [string, (parent: Json) => void][] = VALUES.map(other => [`is ${JSON.stringify(other)}`, parent => { parent[name] = other; }]);
  own.push(['is a list', parent => { parent[name] = [parent[name]]; }], ['is not there', parent => { delete parent[name]; }]);
  if (typeof name === 'string') own.push(['is misspelt', parent => { parent[`${name}x`] = parent[name]; delete parent[name]; }]);
  if (typeof value === 'string') own.push(['has a letter more', parent => { parent[name] += 'x'; }], ['is lower case', parent => { parent[name] = parent[name].toLowerCase(); }]);
  return [...own.map(([what, change]) => ({ what: `${path.join('.')} ${what}`, bootstrap: changed(path, change) })), ...children];
}

function changed(path: Path, change: (parent: Json) => void): Json {
  const copy = JSON.parse(JSON.stringify(BOOTSTRAP));
  change(path.slice(0, -1).reduce((parent, step) => parent[step], copy));
  return JSON.parse(JSON.stringify(copy));
}

const faults = (bootstrap: Json): string[] => envoyMessageFaults('envoy.config.bootstrap.v3.Bootstrap', bootstrap, [], { isFloat: () => false, isGo: false }).map(({ message }) => message);

describeWithEnvoy('Envoy agrees', () => {
  const chosen = mutations(BOOTSTRAP).filter((_, i) => i % EVERY === 0);

  test('that the bootstrap is right', () => {
    expect(validateBootstrap(BOOTSTRAP).says).toContain('OK');
    expect(faults(BOOTSTRAP)).toEqual([]);
  });

  test('with what is found and what is not', () => {
    const verdicts = chosen.map(({ what, bootstrap }) => ({ what, ...validateBootstrap(bootstrap), faults: faults(bootstrap) }));
    expect(verdicts.filter(verdict => verdict.accepted && verdict.faults.length > 0)).toEqual([]);
    const unparsed = verdicts.filter(({ says }) => /Unable to parse JSON as proto|has unknown fields/.test(says));
    expect(unparsed.length).toBeGreaterThan(100);
    expect(unparsed.filter(verdict => verdict.faults.length === 0).map(({ what }) => what)).toEqual([]);
  }, 600_000);
});

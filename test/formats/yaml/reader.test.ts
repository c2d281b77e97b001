import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { nastyDocument } from './nasty';
import { readYaml } from '../../../src/formats/yaml/reader';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

/** What the package `yaml` reads; undefined where it finds an error or several documents. */
function known(text: string): { readonly value: unknown } | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent', merge: true, uniqueKeys: false });
  if (!Array.isArray(documents) || documents.length > 1 || documents.some(({ errors }) => errors.length > 0)) {
    return undefined;
  }
  return { value: documents[0]?.toJS() ?? null };
}

function expectSame(text: string): void {
  const read = readYaml(text);
  expect(read).toEqual(known(text));
  expect(JSON.stringify(read)).toBe(JSON.stringify(known(text)));
}

// the reader may leave a text, but not read it otherwise
function expectSameOrLeft(text: string): void {
  if (readYaml(text)) {
    expectSame(text);
  }
}

describe('readYaml reads what the package yaml reads', () => {
  test.each([
    'a: 1\nb: {c: [d, "e", \'f\'], g: {}}\n',
    '# c\n--- # d\na:\n- b\n- c: d # e\n  f: |\n    g\n\n     h\n  # i\n-\n- - j\n  - k\n',
    'a: >-\n  b\n  c\n\n  d\ne: |+\n  f\n\ng: |-\n  h',
    'a: b\n  c\n\n  d\ne: "f\n  g\n\n  h"\ni: \'j\n  k\'\n',
    'a: [~, null, true, False, 0, -1, +2, 007, 1.5, .5, 1., nan, 1_000, 1e, 0x, truex, -, n]\n'.replace(' -,', ''),
    'a: "\\u00e9\\n\\t\\"\\\\"\nb: \'it\'\'s\'\nc: a:b\nd: a#b\ne: http://x\n',
    '80: a\ntrue: b\n"x y": c\nx z : d\n\'\': e\n',
    '{"a":1,"b":[true,null,{"c":"d"}],\n "e":"f"}\n',
    'a:\n  - b\nc:\n- d\ne:\nf: # g\n  h: i\n',
    '', '# a\n', '---\n', '- a\n', 'a:   \n', 'a: é \u2028\u00a0\n',
  ])('%j', expectSame);

  test(`for ${RUNS} documents in many forms`, () => {
    fc.assert(fc.property(nastyDocument, fc.constantFrom(20, 80, 0), fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED' as const), fc.boolean(),
      (document, lineWidth, defaultStringType, isFlow) => {
        expectSameOrLeft(stringify(document, { lineWidth, defaultStringType: defaultStringType as 'PLAIN', collectionStyle: isFlow ? 'flow' : 'any', aliasDuplicateObjects: false }));
        expectSameOrLeft(JSON.stringify(document, undefined, isFlow ? 2 : undefined));
      }), { numRuns: RUNS });
  }, 3_600_000);

  test(`for ${RUNS} texts made of what means something`, () => {
    const piece = fc.constantFrom(...' |  |\n|\n  |\n    |a|b|"|\'|: |:|- |-|#| #|{|}|[|]|, |,|||>|&a |*a|! |? |%|@|<<|~|1|.|\\|\t|\r\n|---|...|null|é|\u0085|\u2028|kind'.split(/(?<=[^|])\|/), '|', '|-\n');
    fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => expectSameOrLeft(pieces.join(''))), { numRuns: RUNS * 10 });
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => expectSameOrLeft(`a:\n  b: c\n  d: [e]\n${pieces.join('')}\nf: |\n  g\n`)), { numRuns: RUNS * 10 });
  }, 3_600_000);
});

describe('readYaml leaves', () => {
  test.each([
    ['anchors and aliases', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['merges', 'a: {<<: {b: 1}}\n'],
    ['a key that is there twice', 'a: 1\na: 2\n'],
    ['a key that all objects have', '__proto__: 1\n'],
    ['tabs between values', 'a:\tb\n'],
    ['rare numbers', 'a: 0x1F\n'],
    ['carriage returns', 'a: 1\r\n'],
    ['explicit keys', '? a\n: b\n'],
    ['indentation that is written down', 'a: |2\n   b\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['the end of a document', 'a: 1\n...\n'],
    ['directives', '%YAML 1.2\n---\na: 1\n'],
    ['a mark of the byte order', '\uFEFFa: 1\n'],
    ['a key that is empty', ': a\n'],
    ['what is deep', `${'['.repeat(1000)}${']'.repeat(1000)}`],
  ])('%s', (_, text) => expect(readYaml(text)).toBeUndefined());

  test.each([
    ['a value after a value', 'a: b: c\n'],
    ['a line that is too deep', 'a: 1\n  b: 2\n'],
    ['a line that is not deep enough', 'a:\n    b: 1\n  c: 2\n'],
    ['a bracket that is not closed', 'a: [1\nb: 2\n'],
    ['a quote that is not closed', 'a: "b\nc: d\n'],
    ['something after a quote', 'a: "b" c\n'],
    ['a list in a line of a map', 'a: - b\n'],
    ['a template', 'a: {{ .Values.b }}\n'],
  ])('fails for no reason of its own: %s', (_, text) => {
    expect(readYaml(text)).toBeUndefined();
    expect(known(text)?.value).not.toEqual({});
  });
});

import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { check, fixture } from './cases';

const FIXTURES = ['spire.yaml', 'mesh.yaml', 'envoy.yaml', 'operations.yaml', 'values.yaml', 'egress.yaml', 'sidecar.yaml'];

function run(file: string, text: string): void {
  for (const finding of check({ [file]: text })) {
    expect(finding.line).toBeGreaterThan(0);
    expect(finding.line).toBeLessThanOrEqual(text.split('\n').length + 1);
  }
}

const KINDS = [...new Set(FIXTURES.flatMap(name => [...fixture(name).matchAll(/^apiVersion: (\S+)\nkind: (\w+)/gm)].map(([, apiVersion, kind]) => `${apiVersion} ${kind}`)))];
const WORDS = [...new Set(FIXTURES.flatMap(name => fixture(name).match(/[A-Za-z][\w.-]+/g) ?? []))];

const word = fc.constantFrom(...WORDS);
const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.string(), fc.constant('{{ .PodMeta.Labels.app }}'), fc.constant('spiffe://a/ns/b/sa/c'));
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof({ maxDepth: 6 }, scalar, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(word, tie('value'), { maxKeys: 5 })),
}));

test('texts never break a rule', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('a.yaml', 'a.json', 'a.conf', 'a.rego', '<stdin>'), (text, file) => run(file, text)), { numRuns: 300 });
});

test('objects of any form never break a rule', () => {
  const object = fc.record({ type: fc.constantFrom(...KINDS), spec: value, data: value, metadata: value });
  fc.assert(fc.property(fc.array(object, { maxLength: 4 }), objects => {
    run('a.yaml', objects.map(({ type, ...rest }) => {
      const [apiVersion, kind] = type.split(' ');
      return stringify({ apiVersion, kind, ...rest });
    }).join('---\n'));
  }), { numRuns: 500 });
});

test.each(FIXTURES)('%s with something else in one place never breaks a rule', name => {
  const lines = fixture(name).split('\n');
  const junk = fc.constantFrom('', 'null', '[]', '{}', '1', 'true', '"', '- a', '{{', '\t', '- - b', '${A}', ': ', 'x: {y: [z]}');
  fc.assert(fc.property(fc.nat(lines.length - 1), junk, fc.boolean(), (at, text, whole) => {
    const wrong = [...lines];
    wrong[at] = whole ? text : lines[at].replace(/(:) .*$/, (_, colon) => `${colon} ${text}`);
    run(name, wrong.join('\n'));
  }), { numRuns: 200 });
});

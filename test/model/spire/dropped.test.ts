import { INT, NODE, STRING, STRINGS, block, listOf, mapOf, parseHcl } from '../../../src/formats/hcl/reader';
import { warnOfDropped } from '../../../src/model/spire/dropped';
import { Problems } from '../../../src/model/spire/problems';

const SHAPE = block({
  name: STRING,
  port: INT,
  names: STRINGS,
  inner: block({ size: INT }),
  clusters: mapOf(block({ audience: STRINGS })),
  brokers: listOf(block({ id: STRING })),
  data: NODE,
});

function told(text: string): string[] {
  const problems = new Problems();
  warnOfDropped(parseHcl(text), SHAPE, '', problems);
  return problems.list.map(({ topic, message, position }) => `${topic} ${position.line}: ${message}`);
}

test.each([
  ['an unknown key', 'nam = "a"', ['dropped 1: unknown key "nam" in the file']],
  ['one in a block', 'inner {\n  sze = 1\n}', ['dropped 2: unknown key "sze" in inner']],
  ['one in a map', 'clusters {\n  "a" { audiences = ["x"] }\n}', ['dropped 2: unknown key "audiences" in clusters.a']],
  ['one in a map by labels', 'clusters "a" { audiences = ["x"] }', ['dropped 1: unknown key "audiences" in clusters.a']],
  ['one in a list', 'brokers = [{ id = "a" }, { ip = "b" }]', ['dropped 1: unknown key "ip" in brokers']],
  ['one in a list by label', 'brokers "a" { ip = "b" }', ['dropped 1: unknown key "ip" in brokers']],
  ['a label of a block', 'inner "x" { size = 1 }', ['dropped 1: unknown key "x" in inner']],
  ['one in JSON', '{"clusters": {"a": {"audiences": ["x"]}}, "name": "b"}', ['dropped 1: unknown key "audiences" in clusters.a']],
  ['one in quotes', '"nam" = "a"', ['dropped 1: unknown key "nam" in the file']],
  ['a value twice', 'name = "a"\nname = "b"', ['lost 1: name is there twice in the file: what is written here is not used']],
  ['a block that is read later twice', 'data {}\ndata {}', ['lost 2: data is there twice in the file: what is written here is not used']],
])('fails for %s', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});

test.each([
  ['all that is known', 'name = "a" port = 1 names = ["a"] inner { size = 1 } clusters { a { audience = ["x"] } } brokers = [{ id = "a" }] data { x = 1 }'],
  ['names in another case', 'NAME = "a"'],
  ['blocks that are merged', 'inner { size = 1 }\ninner {}'],
  ['lists that are joined', 'names = ["a"]\nnames = ["b"]'],
  ['a label of an element', 'brokers "a" { id = "b" }'],
  ['nothing', ''],
])('says nothing of %s', (_, text) => {
  expect(told(text)).toEqual([]);
});

test('says nothing of what is told already', () => {
  const problems = new Problems();
  problems.refuse('unknown-key', 'unknown key "nam"', { line: 1, column: 1 });
  warnOfDropped(parseHcl('nam = "a"'), SHAPE, '', problems);
  expect(problems.list).toHaveLength(1);
});

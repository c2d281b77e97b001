import * as fc from 'fast-check';
import { HclError, INT, NODE, STRING, block, decodeHcl, listOf, parseHcl, print, redecode, strings } from '../../../../src/formats/hcl/reader';

const FILE = block({ server: block({ ...strings('name'), port: INT, tags: listOf(block(strings('a', 'b'))) }), data: NODE });

test('reads values, labels and comments with their places', () => {
  const file = decodeHcl('# first\nserver {\n  name = "x" // why\n  port = "8081"\n}\n', FILE);
  expect(file.block('server')?.text('name')).toBe('x');
  expect(file.block('server')?.int('port')).toBe(8081);
  expect(file.block('server')?.at('port')).toEqual({ line: 4, column: 3 });
});

test('merges repeated blocks, the last scalar counts', () => {
  const server = decodeHcl('server { name = "a" port = 1 }\nserver { name = "b" }', FILE).block('server')!;
  expect([server.text('name'), server.int('port')]).toEqual(['b', 1]);
});

test('notices unknown keys only where HCL v1 notices them', () => {
  const unused = (text: string): string[] => [...decodeHcl(text, FILE).unused.keys()];
  expect(unused('other = 1')).toEqual(['other']);
  expect(unused('"other" = 1')).toEqual([]);
  expect(unused('server {}\nother "label" {}')).toEqual([]);
  expect(unused('other "label" {}\nserver {}')).toEqual(['other']);
  expect(unused('{"server": {"name": "x"}, "other": 1}')).toEqual(['other']);
});

test('splits plain blocks of a list into one element per key', () => {
  const tags = (text: string): number => decodeHcl(text, FILE).block('server')!.blocks('tags').length;
  expect(tags('server { tags { a = "1" b = "2" } }')).toBe(2);
  expect(tags('server { tags = [{ a = "1" b = "2" }] }')).toBe(1);
});

test('reads heredocs, escapes and interpolations', () => {
  const value = (text: string): string => decodeHcl(text, block({ x: STRING })).text('x');
  expect(value('x = <<EOF\na\nb\nEOF\n')).toBe('a\nb\n');
  expect(value('x = <<-EOF\n    a\n    EOF\n')).toBe('a\n');
  expect(value('x = "\\u00e9\\n\\"${a "b"}"')).toBe('é\n"${a "b"}');
});

test('a heredoc at the end of a printed block is not terminated any more', () => {
  const file = decodeHcl('data {\n  x = <<EOF\na\nEOF\n}\n', FILE);
  expect(() => redecode(file.node('data')!, block({ x: STRING }))).toThrow('heredoc not terminated');
});

test('a printed block keeps the places of the original', () => {
  const file = decodeHcl('server {}\ndata {\n\n  x = "1" # c\n}\n', FILE);
  expect(redecode(file.node('data')!, block({ x: STRING })).at('x')).toEqual({ line: 4, column: 3 });
});

test('reads whole numbers as Go does: 08 is a text and no integer, the largest integer is one too many', () => {
  const shape = block({ text: STRING, count: INT });
  expect(decodeHcl('text = 08', shape).text('text')).toBe('08');
  expect(decodeHcl('count = -9223372036854775808', shape).has('count')).toBe(true);
  for (const number of ['08', '9223372036854775808', '"1e3"', '1.0']) expect(() => decodeHcl(`count = ${number}`, shape)).toThrow('count: an integer is needed');
  expect(() => parseHcl('x = 018')).toThrow('illegal octal number');
});

test('a text that is no list stays one whatever is in it', () => {
  expect(() => decodeHcl('x = "\ue000"', block({ x: listOf(STRING) }))).toThrow('a list is needed, got a single value');
});

test('fails where JSON cannot be cut into tokens, although a brace was before', () => {
  expect(() => parseHcl('{"a": [{"b": 1}c], "d": 1}')).toThrow('illegal char');
});

test.each(["x = 'a'", 'x = yes', 'x = ', 'x = [1 2]', 'a b = {}', '= 1', 'x {', '\ufeffx = 1', '/* a', 'x = "a'])('fails on %s', text => {
  if (text === 'x = ') expect(parseHcl(text).items).toEqual([]);
  else expect(() => parseHcl(text)).toThrow(HclError);
});

test('any text is read or refused with a place', () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', '=', ',', '"', 'a', '"k"', '1', 'true', '\n', '<<E\n', 'E\n', '#', '/*', '*/', '${', '\\', ':', ' ');
  fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), parts => {
    try {
      print(parseHcl(parts.join('')));
    } catch (error) {
      expect(error).toBeInstanceOf(HclError);
    }
  }), { numRuns: 2000 });
});

test.each([`a = ${'['.repeat(5000)}`, 'a {\n'.repeat(5000), `a = ${'[{b = '.repeat(5000)}`, `{"a": ${'[{"a": '.repeat(5000)}`])('fails where the stack would end: %#', text => {
  expect(() => parseHcl(text)).toThrow('more than 1000 objects and lists are in each other');
});

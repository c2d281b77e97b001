import { Positions } from '../../src/model/positions';

/** The lines of the lines of a text. */
function linesOf(yaml: string, count: number): number[] {
  const positions = new Positions(yaml);
  return Array.from({ length: count }, (_, i) => positions.lineOfText(['a'], i));
}

test.each([
  ['a block', 'x: y\na: |\n  one\n  two\n  three\n', [3, 4, 5]],
  ['quotes on one line', 'a: "one\\ntwo\\nthree\\n"\n', [1, 1, 1]],
  ['quotes over lines', 'a: "one\\ntwo\\n\\\n  three\\nfour\\n\\\n  five"\n', [1, 1, 2, 2, 3]],
  ['quotes that begin a line behind', 'a:\n  "one\\ntwo"\n', [2, 2]],
  ['JSON', '{"b": 1,\n"a": "one\\ntwo"}', [2, 2]],
  ['backslashes before an n', 'a: "c:\\\\new\\ntwo"\n', [1, 1]],
  ['a plain text', 'a: one\nb: two\n', [1, 1]],
])('the lines of a text in %s', (_, yaml, lines) => {
  expect(linesOf(yaml, lines.length)).toEqual(lines);
});

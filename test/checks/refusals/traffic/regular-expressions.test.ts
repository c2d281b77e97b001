import { expressionRefusal } from '../../../../src/checks/refusals/traffic/regular-expressions';

test.each(['', '.*', '/a(b|c)+?', '(?i)abc', '(?P<name>a)(?<other>b)', '[^\\]a-z[:alpha:]-]', '[]a]', '\\d{2,3}', 'a{,2}', 'a{', '\\pL\\p{Greek}', '\\Q(*\\E', '\\x41\\x{41}', '^$', '\\.', '\\/',
  '(a|)*', '$*', 'é+', '${PATH}(', '\\12'])('RE2 takes %s', text => expect(expressionRefusal(text)).toBeUndefined());

test.each([
  ['*', 'nothing is before "*"'],
  ['a|+', 'nothing is before "+"'],
  ['(?', 'there is no "(?"'],
  ['a(?=b)', 'there is no "(?=": RE2 looks neither ahead nor behind'],
  ['(?<!a)b', 'there is no "(?<!"'],
  ['(a)\\1', '\\1 is unknown, as all references to groups are'],
  ['\\Z', '\\Z is unknown'],
  ['a\\', 'a \\ is at its end'],
  ['(a', 'a ( is not closed'],
  ['a)', 'a ) has no ('],
  ['[a', 'a [ is not closed'],
  ['[z-a]', 'the range z-a is the wrong way round'],
  ['[\\Z]', '\\Z is unknown in a class'],
  ['a**', '"*" repeats what is repeated'],
  ['a{3,2}', '{3,2} is the wrong way round'],
  ['a{1001}', 'it repeats more than 1000 times'],
  ['a'.repeat(1025), 'the expression has 1025 characters: 1024 are taken at most'],
])('fails %s', (text, message) => expect(expressionRefusal(text)).toContain(message));

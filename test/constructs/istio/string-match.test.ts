import { StringMatch } from '../../../src';

test.each([
  [StringMatch.exact('a'), { exact: 'a' }],
  [StringMatch.prefix('/a'), { prefix: '/a' }],
  [StringMatch.regex('a|b'), { regex: 'a|b' }],
])('%j', (match, json) => {
  expect(match._toJson()).toEqual(json);
});

test('fails for nothing', () => {
  expect(() => StringMatch.prefix('')).toThrow('match prefix is empty: it would match everything or nothing, give a text');
});

test.each(['(', 'a(?=b)', '(a)\\1'])('fails for what is no expression of RE2: %s', (expression) => {
  expect(() => StringMatch.regex(expression)).toThrow(`match regex '${expression}' is no regular expression of RE2`);
});

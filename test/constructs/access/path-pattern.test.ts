import * as fc from 'fast-check';
import { PathPattern } from '../../../src/constructs/access/path-pattern';

const parse = (text: string) => PathPattern.parse('call', text);

test.each([
  ['/a', '/a', ['/a/', '/ab', '/A']],
  ['/a/*', '/a/b/c', ['/a', '/b']],
  ['/a*', '/ab', ['/b']],
  ['*.js', '/x.js', ['/x.ts', '/xjs', '/x.js/y']],
  ['/u/{*}/z', '/u/7/z', ['/u//z', '/u/7/8/z', '/u/7/z/', '/u/[7]/z']],
  ['/u/{**}', '/u/', ['/u']],
  ['/u/{*}/{**}', '/u/7/8/9', ['/u/7']],
  ['/v1/items:cancel', '/v1/items:cancel', ['/v1/items']],
])('%s means %s and not %j', (text, path, others) => {
  expect([path, ...others].map((one) => parse(text).matches(one))).toEqual([true, ...others.map(() => false)]);
});

test.each([
  ['*', ', which is every path: leave paths out'],
  ['/*', ', which is every path: leave paths out'],
  ['^/reviews/.*$', ', which looks like a regular expression: paths are compared as they stand'],
  ['/reviews/\\d+', ', which looks like a regular expression'],
  ['reviews', ", which matches no request: paths begin with '/', use '/reviews'"],
  ['/a?b=1', " with '?': paths are compared without query, use '/a'"],
  ['/a//b', " with '//': slashes are merged before paths are compared, use '/a/b'"],
  ['/a/*/b', " with '*' inside: it is a plain character there"],
  ['*a*', " with '*' inside"],
  ['/a b', " with ' ', which no request has unencoded"],
  ['/a|b', " with '|', which no request has unencoded"],
  ['/a%2Db', ' with a percent-encoding that requests do not keep'],
  ['/a%2fb', ' with a percent-encoding that requests do not keep'],
  ['/a/{*}x', " with a segment that is only partly '{*}'"],
  ['/a/{**}/b/{*}', " with '{*}' or '{**}' after '{**}'"],
  ['/a/{id}/b', " with '{id}', which is compared as it stands: use '{*}' for a segment, '/a/{*}/b'"],
  ['/a/:id', " with ':id', which is compared as it stands: use '{*}' for a segment, '/a/{*}'"],
  ['/a{b', " with '{', which no request has unencoded"],
  ['/u/{*}/a}', " with '}', which no request has unencoded"],
  ['/a/../b', " with '.' or '..': they are resolved"],
  ['/a/..;x/b', " with '.' or '..': they are resolved"],
])('fails for %s', (text, message) => {
  expect(() => parse(text)).toThrow(`call has path '${text}'${message}`);
});

test('its regular expression and its example say the same', () => {
  const texts = fc.stringMatching(/^(\/|\*)[ab.{}*/]{0,8}$/);
  fc.assert(fc.property(texts, fc.stringMatching(/^\/[ab./]{0,6}$/), (text, path) => {
    let pattern: PathPattern;
    try {
      pattern = parse(text);
    } catch {
      return;
    }
    expect(new RegExp(`^${pattern.regex()}$`).test(path)).toBe(pattern.matches(path));
    expect(pattern.matches(pattern.example())).toBe(true);
  }), { numRuns: 2000 });
});

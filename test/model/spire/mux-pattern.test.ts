import { muxPatternFault, patternsConflict } from '../../../src/model/spire/mux-pattern';

test.each(['/live', '/live/', 'host/live', ' /live', 'GET /live', '/{name}', '/a/{rest...}', '/{$}', '/%20', '/a//b'])("Go's ServeMux takes %j", pattern => {
  expect(muxPatternFault(pattern)).toBeUndefined();
});

test.each([
  ['live', 'there is no slash'], ['', 'there is no slash'], ['li ve', 'there is no slash'], ['G{T /live', '"G{T" before the space is no method'], ['GET /a//b', 'a path with a method has to be clean'],
  ['{x}/live', 'there is no slash before the brace'], ['/a{x}', '"a{x}" is no wildcard'], ['/{x...}/a', '"{x...}" is no wildcard'], ['/{x}/{x}', '"{x}" is no wildcard'], ['/{1}', '"{1}" is no wildcard'],
])('fails for %j', (pattern, fault) => {
  expect(muxPatternFault(pattern)).toBe(fault);
});

test.each([
  ['/live', '/ready'], ['/a/', '/a'], ['/', '/live'], ['/{x}', '/live'], ['/{x...}', '/{y}'], ['/{$}', '/{x}'], ['/a/{b}', '/a/b/{c}'], ['GET /x', '/x'], ['GET /x', 'POST /x'], ['GET /x', 'HEAD /x'],
  ['a.org/x', '/x'], ['/%zz', '/x'], ['/{x}/', '/a/b/c'],
])('%j and %j go beside each other', (one, other) => {
  expect([patternsConflict(one, other), patternsConflict(other, one)]).toEqual([false, false]);
});

test.each([
  ['/live', '/live'], [' /live', '/live'], ['/{a}', '/{b}'], ['/a/{b}/c', '/a/b/{c}'], ['/x/{y}', '/{x}/y'], ['/a/{b...}', '/a/'], ['GET /{x}', '/live'], ['/%61', '/a'], ['/a/', '/{x}/b'],
])('fails for %j beside %j', (one, other) => {
  expect([patternsConflict(one, other), patternsConflict(other, one)]).toEqual([true, true]);
});

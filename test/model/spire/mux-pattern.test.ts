import { muxPatternFault } from '../../../src/model/spire/mux-pattern';

test.each(['/live', '/live/', 'host/live', ' /live', 'GET /live', '/{name}', '/a/{rest...}', '/{$}', '/%20', '/a//b'])("Go's ServeMux takes %j", pattern => {
  expect(muxPatternFault(pattern)).toBeUndefined();
});

test.each([
  ['live', 'there is no slash'], ['', 'there is no slash'], ['li ve', 'there is no slash'], ['G{T /live', '"G{T" before the space is no method'], ['GET /a//b', 'a path with a method has to be clean'],
  ['{x}/live', 'there is no slash before the brace'], ['/a{x}', '"a{x}" is no wildcard'], ['/{x...}/a', '"{x...}" is no wildcard'], ['/{x}/{x}', '"{x}" is no wildcard'], ['/{1}', '"{1}" is no wildcard'],
])('fails for %j', (pattern, fault) => {
  expect(muxPatternFault(pattern)).toBe(fault);
});

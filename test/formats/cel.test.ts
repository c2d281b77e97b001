import { celFault } from '../../src/formats/cel';

test.each([
  'response.code >= 400',
  '!(has(request.headers) && request.headers["x-a"].startsWith(\'a\')) || connection.mtls',
  '[1, 2, 3,].exists(x, x == 3u) ? true : {"a": 1, b: -2.5e3}.a',
  'x in [\'a\', r"\\d", b"x", """a "quoted" text"""]',
  'google.protobuf.Duration{seconds: 5}.seconds == -9223372036854775808',
  'a.map(x, x > 1, x * 2).size() % 2 == 0 // a comment',
  '.a.b[0].c() - - 1 == 0x1F',
  'timestamp("2026-01-01T00:00:00Z") < now && "\\u00e9\\n" != \'\'',
])('takes %s', text => {
  expect(celFault(text)).toBeUndefined();
});

test.each([
  ['', 'it ends too early'],
  ['response.code => 400', '=> may not be there'],
  ['response.code = 400', '= may not be there'],
  ['response.code >= 400 and connection.mtls', 'and may not be there'],
  ['a ||', 'it ends too early'],
  ['a..b', '. may not be there'],
  ['10.0.0', '.0 may not be there'],
  ['1h30m', 'h30m may not be there'],
  ['(a', 'its end stands where ) is wanted'],
  ['a[1', 'its end stands where ] is wanted'],
  ['a ? b', 'its end stands where : is wanted'],
  ['{a}', '} stands where : is wanted'],
  ['f(a, )', ') may not be there'],
  ['"a', '"a may not be there'],
  ['has(a)', 'has() wants a field, such as has(request.auth)'],
  ['a.all(b.c, true)', 'the first argument of all() must be a plain name'],
  ['for == 1', 'for may not be there'],
  ['a.true', 'true may not be there'],
  ['9223372036854775808', '9223372036854775808 is too big a number'],
  ['%REQ(X)%', '% may not be there'],
  ['('.repeat(300), 'it is nested too deep'],
])('fails with %s', (text, fault) => {
  expect(celFault(text)).toBe(fault);
});

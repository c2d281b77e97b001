import { compilesInGo } from '../../src/formats/go-regexp';

test.each(['.*', 'p[0-9]\\.example\\.org', '(?i)host', '(?P<name>a+)', '\\-'])("Go's regexp takes '%s'", (pattern) => {
  expect(compilesInGo(pattern)).toBe(true);
});

test.each(['*.example.org', '(', '(?=a)', '(?<!a)b', '(a)\\1'])("fails for '%s'", (pattern) => {
  expect(compilesInGo(pattern)).toBe(false);
});

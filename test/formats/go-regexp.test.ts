import { compilesInGo } from '../../src/formats/go-regexp';

test.each([
  '.*', 'p[0-9]\\.example\\.org', '(?i)host', '(?P<name>a+)', '\\-', '(?s:.)', '[[:alpha:]-]', '[]a]', '\\Qa(\\E', 'a{2,3}?', 'x{,5}', '\\pN\\p{Greek}', '\\p{greek}\\p{old-persian}', '\\x{10FFFF}', 'a(?i)+', '',
])("Go's regexp takes '%s'", (pattern) => {
  expect(compilesInGo(pattern)).toBe(true);
});

test.each([
  '*.example.org', '(', ')', '(?=a)', '(?<!a)b', '(a)\\1', 'a**', 'a++', '(?i)+', 'a{1001}', 'a{2,1}', '[z-a]', '[a', '[[:foo:]]', '\\p{Foo}', '\\Z', '\\y', '\\C', '\\', '\\x{110000}', '(?P<n>a)(?P<n>b)',
])("fails for '%s'", (pattern) => {
  expect(compilesInGo(pattern)).toBe(false);
});

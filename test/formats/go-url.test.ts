import { goRequestUriFault, goUrlFault } from '../../src/formats/go-url';

test.each(['https://a.b:8443/c?d#e', '/a/b', 'a/b', 'mailto:x', 'https://[::1]:80/', 'https://é.org/', '//host/a', 'a:', 'x://u:p@h/', '//a%25b'])("Go's url.Parse takes %s", text => {
  expect(goUrlFault(text)).toBeUndefined();
});

test.each([
  [':memory:', 'has no scheme before the colon'], ['a b:c/d', 'has a colon before the first slash'], ['https://a b/', 'has a character in its host that may not be there'],
  ['https://a:port/', 'has "port" for a port'], ['https://[::1/', 'has a [ that is not closed, or not at the start of the host'],
  ['/100%.db', 'has a % that no two hexadecimal digits follow'], ['a#%z', 'has a % that no two hexadecimal digits follow'], ['a\nb', 'has a control character'],
])('fails for %j', (text, fault) => {
  expect(goUrlFault(text)).toBe(fault);
});

test('a request needs an absolute URL or path, and a path alone has no host', () => {
  expect(goRequestUriFault('s3.example.org')).toBe('has no scheme');
  expect(goRequestUriFault('')).toBe('is empty');
  expect(goRequestUriFault('//a b')).toBeUndefined();
  expect(goRequestUriFault('*')).toBeUndefined();
});

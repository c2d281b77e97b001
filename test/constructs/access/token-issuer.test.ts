import { TokenIssuer } from '../../../src';

const FACTS = { issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] };

test('an issuer is stated once', () => {
  expect(TokenIssuer.of(FACTS)).toMatchObject(FACTS);
});

test.each([
  ['keys without TLS', { jwksUri: 'http://login.example.com/keys' }, 'anybody on the way could change the keys, use https://'],
  ['no audience', { audiences: [] }, "'audiences' is an empty list"],
  ['a wildcard', { issuer: 'https://login*' }, "token issuer 'https://login*' is no issuer"],
])('fails for %s', (_, change, message) => {
  expect(() => TokenIssuer.of({ ...FACTS, ...change })).toThrow(message);
});

import { KeyIdentifier } from '../../../../../../src';

test('a fixed identifier is written as it is', () => {
  expect(KeyIdentifier.fixed('prod/spire_1')._keys('aws-kms')).toEqual({ key_identifier_value: 'prod/spire_1' });
});

test.each(['', 'a b', 'alias/aws/x', 'x'.repeat(64)])('fails for %j', (value) => {
  expect(() => KeyIdentifier.fixed(value)).toThrow(`key identifier '${value}' is not valid`);
});

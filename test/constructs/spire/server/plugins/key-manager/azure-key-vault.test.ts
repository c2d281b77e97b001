import { KeyManager } from '../../../../../../src';

test('fails for plain http and for credentials that are half given', () => {
  expect(() => KeyManager.azureKeyVault({ keyVaultUri: 'http://x' })).toThrow("keyVaultUri 'http://x' is no https URL");
  expect(() => KeyManager.azureKeyVault({ keyVaultUri: 'https://x', subscriptionId: 's' })).toThrow('clientSecret and subscriptionId of azure_key_vault belong together');
});

import { KeyManager, SecretRef, SpireVersion, VaultAuth } from '../../../../../../src';
import { configured, serverPod } from '../../../plugins/pods';

test('fails before 1.15, and for plain http', () => {
  const auth = VaultAuth.token(SecretRef.of('vault'));
  expect(() => configured(KeyManager.hashicorpVault({ address: 'https://v', auth })._plugin(), serverPod(SpireVersion.of('1.14.7')))).toThrow(
    'KeyManager.hashicorpVault needs SPIRE 1.15.0, this is 1.14.7');
  expect(() => KeyManager.hashicorpVault({ address: 'http://v', auth })).toThrow("address 'http://v' is no https URL");
});

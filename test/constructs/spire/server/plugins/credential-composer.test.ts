import { CredentialComposer } from '../../../../../src';
import { configured } from '../../plugins/pods';

test('the composer of unique IDs takes no configuration', () => {
  expect(configured(CredentialComposer.uniqueId()._plugin()).lines).toEqual(['']);
});

test('fails for a built-in composer by name', () => {
  expect(() => CredentialComposer.custom({ name: 'uniqueid' })).toThrow("CredentialComposer 'uniqueid' is built into SPIRE");
});

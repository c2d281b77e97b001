import { KeyManager } from '../../../../../../src';

test('fails for a key ring that is no resource ID', () => {
  expect(() => KeyManager.gcpKms({ keyRing: 'spire' })).toThrow(
    "keyRing 'spire' is no resource ID of a key ring: write it as 'projects/my-project/locations/europe-west1/keyRings/spire'");
});

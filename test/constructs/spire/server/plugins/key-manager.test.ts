import { DataStore, KeyIdentifier, KeyManager, PluginProgram, SecretRef, Spire } from '../../../../../src';
import { synthPlatform } from '../../../../support/synth';
import { configured } from '../../plugins/pods';

const dataStore = DataStore.postgres({ host: 'db', database: 'spire', credentials: SecretRef.of('db') });
const spire = (keyManager: KeyManager) => synthPlatform((platform) => new Spire(platform, 'spire', { server: { replicas: 2, dataStore, keyManager } }));

test('replicas have keys of their own', () => {
  expect(spire(KeyManager.awsKms({ region: 'eu-west-1' })).object('ConfigMap', 'spire-server').data['server.conf']).toContain(
    'key_identifier_file = "/run/spire/server/data/aws-kms-key-identifier"');
  expect(configured(KeyManager.custom({ name: 'hsm', program: PluginProgram.of({ path: '/a/b' }) })._plugin()).lines).toEqual(['']);
});

test('fails for replicas that would destroy each other\'s keys', () => {
  expect(() => spire(KeyManager.awsKms({ region: 'eu-west-1', keyIdentifier: KeyIdentifier.fixed('spire') }))).toThrow(
    "replicas 2 with KeyIdentifier.fixed(...) is not possible, the servers would destroy each other's keys: use KeyIdentifier.perReplica()");
});

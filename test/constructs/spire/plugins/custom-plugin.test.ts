import { BundlePublisher, CredentialComposer, KeyManager, NodeAttestor, PluginProgram, Spire, SpireServerProps, WorkloadAttestor } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const program = PluginProgram.of({ path: '/run/spire/plugins/x' });
const conf = (server: SpireServerProps) => synthPlatform((platform) => new Spire(platform, 'spire', { server })).object('ConfigMap', 'spire-server').data['server.conf'];

test('what the library does not know is marked', () => {
  expect(conf({ credentialComposers: [CredentialComposer.custom({ name: 'cel', program, data: { expression: '$x "y"', list: [{ a: 1 }] } })] })).toContain(
    `  CredentialComposer "cel" {
    plugin_cmd = "/run/spire/plugins/x"
    plugin_data {
      # cdk8s-spiffe-skip: SPIRE-UNKNOWN-KEY=expression, list: not known to cdk8s-spiffe, written as given
      expression = "$x \\"y\\""
      list = [
        {
          a = 1
        },
      ]
    }
  }`);
  expect(conf({ additionalConfig: { newer_key: true } })).toContain(
    '  # cdk8s-spiffe-skip: SPIRE-UNKNOWN-KEY=newer_key: not known to cdk8s-spiffe, written as given\n  newer_key = true\n}');
});

test.each([
  ['a built-in plugin', () => KeyManager.custom({ name: 'aws_kms' }),
    "KeyManager 'aws_kms' is built into SPIRE: use its own factory, with additionalData for keys that it does not have"],
  ['the Notifier for ConfigMaps', () => BundlePublisher.custom({ name: 'k8sbundle' }),
    "BundlePublisher 'k8sbundle' is not possible: it is a Notifier, a type that SPIRE gives up after 1.15: use BundlePublisher.k8sConfigMap(...)"],
  ['the Notifier for Google', () => BundlePublisher.custom({ name: 'gcs_bundle' }), 'use BundlePublisher.gcpCloudStorage(...)'],
  ['a plugin that is gone', () => NodeAttestor.custom({ name: 'k8s_sat' }, { name: 'k8s_sat' }), 'it is gone from SPIRE: use NodeAttestor.k8sPsat(...)'],
  ['a plugin of Windows', () => WorkloadAttestor.custom({ name: 'windows' }), 'it works on Windows nodes only'],
  ['a name that is none', () => CredentialComposer.custom({ name: 'a b' }), "CredentialComposer 'a b' is no plugin name"],
  ['a key that has a property', () => conf({ additionalConfig: { CA_ttl: '1h' } }),
    "additional key 'CA_ttl' is one that this library writes: use the property that sets it"],
  ['a key that is none', () => conf({ additionalConfig: { 'a b': '1h' } }), "additional key 'a b' is no key of SPIRE's: use letters, digits and '_'"],
  ['a value that HCL cannot hold', () => conf({ additionalConfig: { x: null } }), "additional key 'x' has a value that HCL cannot hold"],
  ['a plugin that is there twice', () => conf({ credentialComposers: [CredentialComposer.uniqueId(), CredentialComposer.uniqueId()] }),
    'CredentialComposer "uniqueid" is given twice: SPIRE takes each plugin once, put everything into one'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

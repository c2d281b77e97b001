import { AwsKmsProps, KeyManager, SpireVersion } from '../../../../../../src';
import { configured, serverPod } from '../../../plugins/pods';

const configure = (props: AwsKmsProps, version: string) => configured(KeyManager.awsKms(props)._plugin(), serverPod(SpireVersion.of(version)));

test.each<[AwsKmsProps, string, string]>([
  [{ region: '' }, '1.15.3', 'region is empty'],
  [{ region: 'r', keyTags: { a: 'b' } }, '1.13.3', 'keyTags of aws_kms needs SPIRE 1.14.0, this is 1.13.3: raise the version, or leave it out'],
  [{ region: 'r', tagBasedKeyDiscovery: true }, '1.15.1', 'tagBasedKeyDiscovery of aws_kms needs SPIRE 1.15.2'],
  [{ region: 'r', additionalData: { key_tags: {} } }, '1.15.3', "additional key 'key_tags' is one that this library writes"],
])('fails for %j', (props, version, message) => {
  expect(() => configure(props, version)).toThrow(message);
});

import { KeyIdentifier } from './key-identifier';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireRegion } from '../../../input';
import { callAws } from '../../../plugins/cloud-access';
import { awsCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * Keys in AWS Key Management Service.
 */
export interface AwsKmsProps extends PluginOptions {
  /**
   * The AWS region of the keys.
   */
  readonly region: string;

  /**
   * How a server finds its own keys again.
   *
   * @default - KeyIdentifier.perReplica()
   */
  readonly keyIdentifier?: KeyIdentifier;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly credentials?: SecretRef;

  /**
   * The policy of the keys that SPIRE makes, as JSON.
   *
   * @default - SPIRE's own: only the role that made a key can use it
   */
  readonly keyPolicy?: FileRef;

  /**
   * Tags of the keys that SPIRE makes. Needs SPIRE 1.14.
   *
   * @default - none but SPIRE's own
   */
  readonly keyTags?: { readonly [key: string]: string };

  /**
   * Whether keys are found by their tags, which takes the right `tag:GetResources` and spares listing all keys. Needs SPIRE 1.15.2.
   *
   * @default - false, by their aliases
   */
  readonly tagBasedKeyDiscovery?: boolean;
}

/**
 * The plugin aws_kms.
 */
export function awsKms(props: AwsKmsProps): Plugin {
  requireProps('KeyManager.awsKms', props, { region: 'text' });
  requireRegion(props.region);
  Object.entries(props.keyTags ?? {}).forEach(requireTag);
  return {
    type: 'KeyManager',
    name: 'aws_kms',
    configure: (data, pod) => {
      if (props.keyTags) {
        pod.requireVersion('keyTags of aws_kms', '1.14.0');
      }
      if (props.tagBasedKeyDiscovery !== undefined) {
        pod.requireVersion('tagBasedKeyDiscovery of aws_kms', '1.15.2');
      }
      data.attributes({ region: props.region });
      data.attributes((props.keyIdentifier ?? KeyIdentifier.perReplica())._keys('aws-kms'));
      callAws(pod, 'kms', props.region);
      callAws(pod, 'sts', props.region);
      if (props.tagBasedKeyDiscovery) {
        callAws(pod, 'tagging', props.region);
      }
      data.attributes(awsCredentials(pod, 'AWS_KMS', props.credentials));
      data.attributes({
        key_policy_file: pod.file(props.keyPolicy, 'aws-kms-key-policy.json'),
        key_tags: props.keyTags,
        enable_tag_based_key_discovery: props.tagBasedKeyDiscovery,
      });
      writeRawData(data, props.additionalData, ['access_key_id', 'secret_access_key', 'key_identifier_file', 'key_identifier_value',
        'key_policy_file', 'key_tags', 'enable_tag_based_key_discovery']);
    },
  };
}

function requireTag([key, value]: [string, string]): void {
  if (/^(aws:|spire-)/i.test(key) || !/^[\p{L}\p{N}\s+\-=._:/@]{1,128}$/u.test(key) || !/^[\p{L}\p{N}\s+\-=._:/@]{0,256}$/u.test(value)) {
    throw new Error(`tag '${key}' with value '${value}' is not possible: use letters, digits, spaces and '+-=._:/@', up to 128 and 256, not 'aws:' or 'spire-' in front`);
  }
}

import { KeyIdentifier } from './key-identifier';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { callGcp } from '../../../plugins/cloud-access';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * Keys in Google Cloud Key Management Service.
 */
export interface GcpKmsProps extends PluginOptions {
  /**
   * The key ring, as `projects/<project>/locations/<location>/keyRings/<ring>`.
   */
  readonly keyRing: string;

  /**
   * How a server finds its own keys again.
   *
   * @default - KeyIdentifier.perReplica()
   */
  readonly keyIdentifier?: KeyIdentifier;

  /**
   * The key file of a Google service account.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly serviceAccountFile?: FileRef;

  /**
   * The IAM policy (version 3) of the keys that SPIRE makes, as JSON.
   *
   * @default - SPIRE's own: only the account that made a key can use it
   */
  readonly keyPolicy?: FileRef;
}

/**
 * The plugin gcp_kms.
 */
export function gcpKms(props: GcpKmsProps): Plugin {
  requireProps('KeyManager.gcpKms', props, { keyRing: 'text' });
  if (!/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+$/.test(props.keyRing)) {
    throw new Error(`keyRing '${props.keyRing}' is no resource ID of a key ring: write it as 'projects/my-project/locations/europe-west1/keyRings/spire'`);
  }
  return {
    type: 'KeyManager',
    name: 'gcp_kms',
    configure: (data, pod) => {
      callGcp(pod, 'cloudkms', props.serviceAccountFile !== undefined);
      data.attributes({ key_ring: props.keyRing });
      data.attributes((props.keyIdentifier ?? KeyIdentifier.perReplica())._keys('gcp-kms'));
      data.attributes({
        service_account_file: pod.file(props.serviceAccountFile, 'gcp-kms-service-account.json'),
        key_policy_file: pod.file(props.keyPolicy, 'gcp-kms-key-policy.json'),
      });
      writeRawData(data, props.additionalData, ['key_identifier_file', 'key_identifier_value', 'service_account_file', 'key_policy_file']);
    },
  };
}

import { requireProps } from '../../../../../identity/require-props';
import { requireRegion, requireTexts } from '../../../input';
import { callAws } from '../../../plugins/cloud-access';
import { awsCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * The trust bundle as a trust anchor of AWS IAM Roles Anywhere.
 */
export interface AwsRolesAnywhereBundleProps extends PluginOptions {
  /**
   * The AWS region of the trust anchor.
   */
  readonly region: string;

  /**
   * The ID of the trust anchor.
   */
  readonly trustAnchorId: string;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly credentials?: SecretRef;
}

/**
 * The plugin aws_rolesanywhere_trustanchor.
 */
export function awsRolesAnywhere(props: AwsRolesAnywhereBundleProps): Plugin {
  requireProps('BundlePublisher.awsRolesAnywhere', props, { region: 'text', trustAnchorId: 'text' });
  requireRegion(props.region);
  requireTexts({ trustAnchorId: props.trustAnchorId });
  if (props.trustAnchorId.startsWith('arn:')) {
    throw new Error(`trustAnchorId '${props.trustAnchorId}' is an ARN: give the ID alone, which is its last part, '${props.trustAnchorId.split('/').pop()}'`);
  }
  return {
    type: 'BundlePublisher',
    name: 'aws_rolesanywhere_trustanchor',
    configure: (data, pod) => {
      callAws(pod, 'rolesanywhere', props.region);
      data.attributes({
        region: props.region,
        trust_anchor_id: props.trustAnchorId,
        ...awsCredentials(pod, 'AWS_ROLES_ANYWHERE', props.credentials),
      });
      writeRawData(data, props.additionalData, ['access_key_id', 'secret_access_key']);
    },
  };
}

import { requireProps } from '../../../../../identity/require-props';
import { requireRegion } from '../../../input';
import { requireArn, requireArnIn } from '../../../plugins/arn';
import { callAws } from '../../../plugins/cloud-access';
import { awsCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * A certificate authority whose certificate and key are in AWS Secrets Manager.
 */
export interface AwsSecretUpstreamProps extends PluginOptions {
  /**
   * The AWS region of the secrets, which stands in their ARNs.
   */
  readonly region: string;

  /**
   * The ARN of the secret with the certificate of the authority.
   */
  readonly certificateArn: string;

  /**
   * The ARN of the secret with the key of the authority.
   */
  readonly privateKeyArn: string;

  /**
   * The ARN of the secret with the root certificates; needed when the authority is an intermediate one.
   *
   * @default - the certificate is its own root
   */
  readonly bundleArn?: string;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly credentials?: SecretRef;

  /**
   * The Secret with the key `secret_token`: the session token that belongs to temporary credentials.
   *
   * @default - none
   */
  readonly sessionToken?: SecretRef;

  /**
   * The ARN of a role to assume.
   *
   * @default - none
   */
  readonly assumeRoleArn?: string;
}

/**
 * The plugin awssecret.
 */
export function awsSecret(props: AwsSecretUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.awsSecret', props, { region: 'text', certificateArn: 'text', privateKeyArn: 'text' });
  requireRegion(props.region);
  requireArnIn('certificateArn', props.certificateArn, 'secretsmanager', props.region);
  requireArnIn('privateKeyArn', props.privateKeyArn, 'secretsmanager', props.region);
  requireArnIn('bundleArn', props.bundleArn, 'secretsmanager', props.region);
  requireArn('assumeRoleArn', props.assumeRoleArn);
  return {
    type: 'UpstreamAuthority',
    name: 'awssecret',
    configure: (data, pod) => {
      callAws(pod, 'secretsmanager', props.region);
      if (props.assumeRoleArn !== undefined) {
        callAws(pod, 'sts', props.region);
      }
      data.attributes({
        region: props.region,
        cert_file_arn: props.certificateArn,
        key_file_arn: props.privateKeyArn,
        bundle_file_arn: props.bundleArn,
        assume_role_arn: props.assumeRoleArn,
        ...awsCredentials(pod, 'AWSSECRET', props.credentials),
        secret_token: props.sessionToken && pod.secret('AWSSECRET_SECRET_TOKEN', props.sessionToken, 'secret_token'),
      });
      writeRawData(data, props.additionalData, ['bundle_file_arn', 'assume_role_arn', 'access_key_id', 'secret_access_key', 'secret_token']);
    },
  };
}

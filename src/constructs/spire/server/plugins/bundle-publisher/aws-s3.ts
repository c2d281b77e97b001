import { BundleFormat, BundlePublisherOptions, refreshHint } from './bundle-format';
import { requireProps } from '../../../../../identity/require-props';
import { requireBucket, requireHttps, requireRegion, requireTexts } from '../../../input';
import { requireEndpointIn } from '../../../plugins/arn';
import { callAws } from '../../../plugins/cloud-access';
import { awsCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * The trust bundle as an object in Amazon S3.
 */
export interface AwsS3BundleProps extends BundlePublisherOptions {
  /**
   * The AWS region of the bucket.
   */
  readonly region: string;

  /**
   * The name of the bucket.
   */
  readonly bucket: string;

  /**
   * The key of the object.
   */
  readonly objectKey: string;

  /**
   * How the bundle is written.
   */
  readonly format: BundleFormat;

  /**
   * Another https endpoint of the service.
   *
   * @default - AWS's own for the region
   */
  readonly endpoint?: string;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly credentials?: SecretRef;
}

/**
 * The plugin aws_s3.
 */
export function awsS3(props: AwsS3BundleProps): Plugin {
  requireProps('BundlePublisher.awsS3', props, { region: 'text', bucket: 'text', objectKey: 'text', format: 'text' });
  requireRegion(props.region);
  requireBucket('bucket', props.bucket);
  requireTexts({ objectKey: props.objectKey });
  requireHttps('endpoint', props.endpoint);
  requireEndpointIn(props.endpoint, props.region);
  return {
    type: 'BundlePublisher',
    name: 'aws_s3',
    configure: (data, pod) => {
      callAws(pod, 's3', props.region, props.endpoint);
      data.attributes({
        region: props.region,
        bucket: props.bucket,
        object_key: props.objectKey,
        format: props.format,
        endpoint: props.endpoint,
        refresh_hint: refreshHint(pod, props.refreshHint),
        ...awsCredentials(pod, 'AWS_S3', props.credentials),
      });
      writeRawData(data, props.additionalData, ['endpoint', 'refresh_hint', 'access_key_id', 'secret_access_key']);
    },
  };
}

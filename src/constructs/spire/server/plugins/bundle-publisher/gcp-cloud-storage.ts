import { BundleFormat, BundlePublisherOptions, refreshHint } from './bundle-format';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireBucket, requireTexts } from '../../../input';
import { callGcp } from '../../../plugins/cloud-access';
import { Plugin } from '../../../plugins/plugin';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * The trust bundle as an object in Google Cloud Storage.
 */
export interface GcpCloudStorageBundleProps extends BundlePublisherOptions {
  /**
   * The name of the bucket.
   */
  readonly bucketName: string;

  /**
   * The name of the object.
   */
  readonly objectName: string;

  /**
   * How the bundle is written.
   */
  readonly format: BundleFormat;

  /**
   * The key file of a Google service account.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly serviceAccountFile?: FileRef;
}

/**
 * The plugin gcp_cloudstorage.
 */
export function gcpCloudStorage(props: GcpCloudStorageBundleProps): Plugin {
  requireProps('BundlePublisher.gcpCloudStorage', props, { bucketName: 'text', objectName: 'text', format: 'text' });
  requireBucket('bucketName', props.bucketName);
  requireTexts({ objectName: props.objectName });
  return {
    type: 'BundlePublisher',
    name: 'gcp_cloudstorage',
    configure: (data, pod) => {
      callGcp(pod, 'storage', props.serviceAccountFile !== undefined);
      data.attributes({
        bucket_name: props.bucketName,
        object_name: props.objectName,
        format: props.format,
        service_account_file: pod.file(props.serviceAccountFile, 'gcp-cloudstorage-service-account.json'),
        refresh_hint: refreshHint(pod, props.refreshHint),
      });
      writeRawData(data, props.additionalData, ['service_account_file', 'refresh_hint']);
    },
  };
}

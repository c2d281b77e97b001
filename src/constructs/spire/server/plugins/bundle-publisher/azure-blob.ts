import { BundleFormat, BundlePublisherOptions, refreshHint } from './bundle-format';
import { requireProps } from '../../../../../identity/require-props';
import { requireHttps, requireTexts } from '../../../input';
import { AzureClientSecret, azureCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * The trust bundle as a blob in Azure Storage. Needs SPIRE 1.15.3.
 */
export interface AzureBlobBundleProps extends BundlePublisherOptions {
  /**
   * The name of the storage account.
   */
  readonly storageAccountName: string;

  /**
   * The name of the container.
   */
  readonly containerName: string;

  /**
   * The name of the blob.
   */
  readonly blobName: string;

  /**
   * How the bundle is written.
   */
  readonly format: BundleFormat;

  /**
   * Another https endpoint of the service.
   *
   * @default - Azure's own for the account
   */
  readonly serviceEndpoint?: string;

  /**
   * The Secret with the key `storage_account_key`, in the server's namespace. Excludes `clientSecret`.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly storageAccountKey?: SecretRef;

  /**
   * The application that SPIRE signs in as. Excludes `storageAccountKey`.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly clientSecret?: AzureClientSecret;
}

/**
 * The plugin azure_blob.
 */
export function azureBlob(props: AzureBlobBundleProps): Plugin {
  requireProps('BundlePublisher.azureBlob', props, { storageAccountName: 'text', containerName: 'text', blobName: 'text', format: 'text' });
  requireTexts({ storageAccountName: props.storageAccountName, containerName: props.containerName, blobName: props.blobName });
  requireHttps('serviceEndpoint', props.serviceEndpoint);
  if (!/^[a-z0-9]{1,24}$/.test(props.storageAccountName)) {
    throw new Error(`storageAccountName '${props.storageAccountName}' is no name of an account: use up to 24 lower-case letters and digits`);
  }
  requireOwnAccount(props);
  if (props.storageAccountKey && props.clientSecret) {
    throw new Error('storageAccountKey and clientSecret of azure_blob exclude each other: keep one of the two');
  }
  return {
    type: 'BundlePublisher',
    name: 'azure_blob',
    configure: (data, pod) => {
      pod.requireVersion('BundlePublisher.azureBlob', '1.15.3');
      pod.network.callUrl('Azure Storage', props.serviceEndpoint ?? `https://${props.storageAccountName}.blob.core.windows.net`);
      data.attributes({
        storage_account_name: props.storageAccountName,
        container_name: props.containerName,
        blob_name: props.blobName,
        format: props.format,
        service_endpoint: props.serviceEndpoint,
        storage_account_key: props.storageAccountKey && pod.secret('AZURE_BLOB_STORAGE_ACCOUNT_KEY', props.storageAccountKey, 'storage_account_key'),
        refresh_hint: refreshHint(pod, props.refreshHint),
        ...(props.storageAccountKey ? {} : azureCredentials(pod, 'AZURE_BLOB', props.clientSecret)),
      });
      writeRawData(data, props.additionalData, ['service_endpoint', 'storage_account_key', 'tenant_id', 'app_id', 'app_secret', 'refresh_hint']);
    },
  };
}

function requireOwnAccount({ serviceEndpoint, storageAccountName }: AzureBlobBundleProps): void {
  const [, account] = /^https:\/\/([^/.]+)\.blob\.core\./.exec(serviceEndpoint ?? '') ?? [];
  if (account !== undefined && account !== storageAccountName) {
    throw new Error(`serviceEndpoint '${serviceEndpoint}' is of the account '${account}', but storageAccountName is '${storageAccountName}': make both the same`);
  }
}

import { requireProps } from '../../../../identity/require-props';
import { FileRef } from '../../file-ref';
import { requireRegion } from '../../input';
import { callAws, callGcp } from '../../plugins/cloud-access';
import { awsCredentials } from '../../plugins/credentials';
import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin } from '../../plugins/plugin';
import { PluginOptions } from '../../plugins/plugin-options';
import { writeRawData } from '../../plugins/raw-data';
import { SecretRef } from '../../secret-ref';

/**
 * SVIDs for workloads that cannot call an agent, in AWS Secrets Manager.
 */
export interface AwsSecretsManagerProps extends PluginOptions {
  /**
   * The AWS region of the secrets.
   */
  readonly region: string;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the agents' namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the agent
   */
  readonly credentials?: SecretRef;
}

/**
 * SVIDs for workloads that cannot call an agent, in Google Secret Manager.
 */
export interface GcpSecretManagerProps extends PluginOptions {
  /**
   * The key file of a Google service account.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the agent
   */
  readonly serviceAccountFile?: FileRef;
}

/**
 * A place in which agents keep SVIDs for workloads that cannot call them.
 */
export class SvidStore {
  /**
   * AWS Secrets Manager.
   *
   * Throws when the region is empty.
   *
   * @param props region and credentials
   */
  public static awsSecretsManager(props: AwsSecretsManagerProps): SvidStore {
    requireProps('SvidStore.awsSecretsManager', props, { region: 'text' });
    requireRegion(props.region);
    return new SvidStore({
      type: 'SVIDStore',
      name: 'aws_secretsmanager',
      configure: (data, pod) => {
        callAws(pod, 'secretsmanager', props.region);
        data.attributes({ region: props.region, ...awsCredentials(pod, 'AWS_SECRETSMANAGER', props.credentials) });
        writeRawData(data, props.additionalData, ['access_key_id', 'secret_access_key']);
      },
    });
  }

  /**
   * Google Secret Manager.
   *
   * @param props credentials
   */
  public static gcpSecretManager(props: GcpSecretManagerProps = {}): SvidStore {
    return new SvidStore({
      type: 'SVIDStore',
      name: 'gcp_secretmanager',
      configure: (data, pod) => {
        callGcp(pod, 'secretmanager', props.serviceAccountFile !== undefined);
        data.attributes({ service_account_file: pod.file(props.serviceAccountFile, 'gcp-secretmanager-service-account.json') });
        writeRawData(data, props.additionalData, ['service_account_file']);
      },
    });
  }

  /**
   * A store that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): SvidStore {
    return new SvidStore(customPlugin('SVIDStore', props));
  }

  private constructor(private readonly plugin: Plugin) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }
}

import { awsRolesAnywhere, AwsRolesAnywhereBundleProps } from './bundle-publisher/aws-roles-anywhere';
import { awsS3, AwsS3BundleProps } from './bundle-publisher/aws-s3';
import { azureBlob, AzureBlobBundleProps } from './bundle-publisher/azure-blob';
import { gcpCloudStorage, GcpCloudStorageBundleProps } from './bundle-publisher/gcp-cloud-storage';
import { ConfigMapBundleProps, requireConfigMap } from './bundle-publisher/k8s-configmap';
import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin } from '../../plugins/plugin';

/**
 * A place, beside the ConfigMap of the agents, to which the server publishes its trust bundle.
 */
export class BundlePublisher {
  /**
   * A ConfigMap of another cluster. The one of this cluster is always there.
   *
   * Throws when a name is empty.
   *
   * @param props cluster, kubeconfig and ConfigMap
   */
  public static k8sConfigMap(props: ConfigMapBundleProps): BundlePublisher {
    requireConfigMap(props);
    return new BundlePublisher(props);
  }

  /**
   * Amazon S3.
   *
   * Throws when a name is empty.
   *
   * @param props bucket and object
   */
  public static awsS3(props: AwsS3BundleProps): BundlePublisher {
    return new BundlePublisher(awsS3(props));
  }

  /**
   * A trust anchor of AWS IAM Roles Anywhere.
   *
   * Throws when region or anchor are empty.
   *
   * @param props region and anchor
   */
  public static awsRolesAnywhere(props: AwsRolesAnywhereBundleProps): BundlePublisher {
    return new BundlePublisher(awsRolesAnywhere(props));
  }

  /**
   * Google Cloud Storage.
   *
   * Throws when a name is empty.
   *
   * @param props bucket and object
   */
  public static gcpCloudStorage(props: GcpCloudStorageBundleProps): BundlePublisher {
    return new BundlePublisher(gcpCloudStorage(props));
  }

  /**
   * Azure Blob Storage. Needs SPIRE 1.15.3.
   *
   * Throws when a name is empty, or for two kinds of credentials.
   *
   * @param props account, container and blob
   */
  public static azureBlob(props: AzureBlobBundleProps): BundlePublisher {
    return new BundlePublisher(azureBlob(props));
  }

  /**
   * A publisher that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): BundlePublisher {
    return new BundlePublisher(customPlugin('BundlePublisher', props));
  }

  private constructor(private readonly target: Plugin | ConfigMapBundleProps) {}

  /**
   * The plugin, unless it is a ConfigMap: all of them share one plugin.
   *
   * @internal
   */
  public _plugin(): Plugin | undefined {
    return 'configure' in this.target ? this.target : undefined;
  }

  /**
   * @internal
   */
  public _configMap(): ConfigMapBundleProps | undefined {
    return 'configure' in this.target ? undefined : this.target;
  }
}

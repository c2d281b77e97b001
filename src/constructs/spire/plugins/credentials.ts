import { HclObject } from '../../../formats/hcl';
import { SecretRef } from '../secret-ref';
import { callCloudIdentity, callEntra } from './cloud-access';
import { PluginPod } from './plugin-pod';

/**
 * An application registration of Microsoft Entra ID with a client secret.
 */
export interface AzureClientSecret {
  /**
   * The ID of the tenant.
   */
  readonly tenantId: string;

  /**
   * The client ID of the application.
   */
  readonly appId: string;

  /**
   * The Secret with the key `app_secret`, in the namespace of the pod.
   */
  readonly secret: SecretRef;
}

/**
 * The keys for AWS credentials out of a Secret; none when the pod has an identity of its own.
 */
export function awsCredentials(pod: PluginPod, plugin: string, secret: SecretRef | undefined): HclObject {
  if (!secret) {
    callCloudIdentity(pod, 'aws');
    return {};
  }
  return {
    access_key_id: pod.secret(`${plugin}_ACCESS_KEY_ID`, secret, 'access_key_id'),
    secret_access_key: pod.secret(`${plugin}_SECRET_ACCESS_KEY`, secret, 'secret_access_key'),
  };
}

/**
 * The keys for Azure credentials out of a Secret; none when the pod has an identity of its own.
 */
export function azureCredentials(pod: PluginPod, plugin: string, client: AzureClientSecret | undefined): HclObject {
  if (!client) {
    callCloudIdentity(pod, 'azure');
    return {};
  }
  callEntra(pod, true);
  return {
    tenant_id: client.tenantId,
    app_id: client.appId,
    app_secret: pod.secret(`${plugin}_APP_SECRET`, client.secret, 'app_secret'),
  };
}

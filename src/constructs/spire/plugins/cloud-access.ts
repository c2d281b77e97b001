import { PluginPod } from './plugin-pod';

/**
 * A cloud whose services plugins call.
 */
export type Cloud = 'aws' | 'gcp' | 'azure';

const NODE_METADATA = '169.254.169.254';
const EKS_POD_IDENTITY = '169.254.170.23';
const GKE_METADATA = '169.254.169.252';

/**
 * Where a plugin without credentials gets those of the pod, or of its node.
 */
export function callCloudIdentity(pod: PluginPod, cloud: Cloud): void {
  const { network, options: { cloudIdentity } } = pod;
  const own = cloudIdentity?._cloud === cloud;
  switch (cloud) {
    case 'aws':
      if (own) {
        network.call('AWS STS', 'sts.amazonaws.com', 443);
      } else {
        network.call('identity of the node or pod', NODE_METADATA, 80);
        network.call('identity of the pod in EKS', EKS_POD_IDENTITY, 80);
      }
      break;
    case 'gcp':
      // which of the two a policy sees depends on the network plugin of GKE
      network.call('identity of the node or pod', NODE_METADATA, 80);
      network.call('identity of the pod in GKE', GKE_METADATA, 988);
      break;
    case 'azure':
      network.call(own ? 'Microsoft Entra ID' : 'identity of the node', own ? 'login.microsoftonline.com' : NODE_METADATA, own ? 443 : 80);
  }
}

/**
 * A service of AWS, at another endpoint if one is given.
 */
export function callAws(pod: PluginPod, service: string, region: string, endpoint?: string): void {
  pod.network.callUrl(`AWS ${service}`, endpoint ?? `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
}

/**
 * A service of Google Cloud, with the key file of a service account or the identity of the pod.
 */
export function callGcp(pod: PluginPod, service: string, hasKeyFile: boolean): void {
  pod.network.call('Google Cloud', `${service}.googleapis.com`, 443);
  if (hasKeyFile) {
    pod.network.call('Google Cloud', 'oauth2.googleapis.com', 443);
  } else {
    callCloudIdentity(pod, 'gcp');
  }
}

/**
 * Microsoft Entra ID, which knows the nodes, and where the server gets its own identity if it has no credentials.
 */
export function callEntra(pod: PluginPod, hasCredentials: boolean): void {
  pod.network.call('Microsoft Entra ID', 'login.microsoftonline.com', 443);
  if (!hasCredentials) {
    callCloudIdentity(pod, 'azure');
  }
}

/**
 * The metadata service of a node, which says what the node is.
 */
export function callNodeMetadata(pod: PluginPod): void {
  pod.network.call('metadata of the node', NODE_METADATA, 80);
}

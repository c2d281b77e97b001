import { HclValue } from '../../../formats/hcl';
import { FileRef } from '../file-ref';
import { requireSome, requireText } from '../input';
import { callEntra, callNodeMetadata } from '../plugins/cloud-access';
import { PluginOptions } from '../plugins/plugin-options';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { SecretRef } from '../secret-ref';
import { NodeAttestorSides, requirePathTemplate } from './sides';
import { requireProps } from '../../../identity/require-props';

/**
 * A tenant of Microsoft Entra ID whose nodes are taken.
 */
export interface AzureImdsTenant {
  /**
   * The domain of the tenant, such as `example.onmicrosoft.com`.
   */
  readonly domain: string;

  /**
   * The client ID of the application that the server signs in as.
   *
   * @default - the identity of the server's pod, see `cloudIdentity` of the server
   */
  readonly appId?: string;

  /**
   * The Secret with the key `app_secret`, in the server's namespace. With `appId`; excludes `token`.
   *
   * @default - none
   */
  readonly appSecret?: SecretRef;

  /**
   * A file with a token for the application. With `appId`; excludes `appSecret`.
   *
   * @default - none
   */
  readonly token?: FileRef;

  /**
   * The subscriptions whose nodes are taken.
   *
   * @default - every subscription of the tenant
   */
  readonly restrictToSubscriptions?: string[];

  /**
   * The tags of virtual machines that become selectors.
   *
   * @default - none
   */
  readonly allowedVmTags?: string[];
}

/**
 * Node attestation by the instance metadata service of Azure. Needs SPIRE 1.14.
 */
export interface AzureImdsProps extends PluginOptions {
  /**
   * The tenants whose nodes are taken.
   */
  readonly tenants: AzureImdsTenant[];

  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by tenant, subscription and machine
   */
  readonly agentPathTemplate?: string;

  /**
   * The domains whose certificates sign metadata.
   *
   * @default - SPIRE's own, metadata.azure.com
   */
  readonly allowedMetadataDomains?: string[];
}

/**
 * The node attestor azure_imds.
 */
export function azureImds(props: AzureImdsProps): NodeAttestorSides {
  requireProps('NodeAttestor.azureImds', props, { tenants: 'AzureImdsTenant[]' });
  requireSome('tenants', props.tenants).forEach(requireTenant);
  requirePathTemplate(props.agentPathTemplate);
  return {
    name: 'azure_imds',
    reattests: false,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'azure_imds',
      configure: (data, pod) => {
        pod.requireVersion('NodeAttestor.azureImds', '1.14.0');
        callEntra(pod, props.tenants.every((each) => each.appId !== undefined));
        pod.network.call('Azure Resource Manager', 'management.azure.com', 443);
        data.attributes({
          tenants: Object.fromEntries(props.tenants.map((each, index) => [each.domain, tenant(each, index, pod)])),
          agent_path_template: props.agentPathTemplate,
          allowed_metadata_domains: props.allowedMetadataDomains,
        });
        writeRawData(data, props.additionalData, ['agent_path_template', 'allowed_metadata_domains']);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'azure_imds',
      configure: (data, pod) => {
        callNodeMetadata(pod);
        data.attributes({ tenant_domain: props.tenants[0].domain });
      },
    }),
  };
}

function tenant(props: AzureImdsTenant, index: number, pod: PluginPod): HclValue {
  return {
    secret_auth: props.appSecret && props.appId !== undefined
      ? { app_id: props.appId, app_secret: pod.secret(`AZURE_IMDS_${index}_APP_SECRET`, props.appSecret, 'app_secret') }
      : undefined,
    token_auth: props.token && props.appId !== undefined
      ? { app_id: props.appId, token_path: pod.file(props.token, `azure-imds-token-${index}`) }
      : undefined,
    restrict_to_subscriptions: props.restrictToSubscriptions,
    allowed_vm_tags: props.allowedVmTags,
  };
}

function requireTenant(props: AzureImdsTenant): void {
  requireText('domain', props.domain);
  const ways = [props.appSecret, props.token].filter((way) => way !== undefined).length;
  if (ways !== (props.appId === undefined ? 0 : 1)) {
    throw new Error(`tenant '${props.domain}' needs appId with exactly one of appSecret and token, or none of the three for the identity of the pod`);
  }
}

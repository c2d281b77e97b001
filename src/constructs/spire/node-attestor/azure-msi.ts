import { HclValue } from '../../../formats/hcl';
import { requireSome, requireText } from '../input';
import { callEntra, callNodeMetadata } from '../plugins/cloud-access';
import { PluginOptions } from '../plugins/plugin-options';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { SecretRef } from '../secret-ref';
import { NodeAttestorSides, requirePathTemplate } from './sides';
import { requireProps } from '../../../identity/require-props';

/**
 * A tenant of Microsoft Entra ID whose nodes are taken by their managed identity.
 */
export interface AzureMsiTenant {
  /**
   * The ID of the tenant.
   */
  readonly tenantId: string;

  /**
   * The resource that the nodes' tokens are for. Server and agents agree on it.
   *
   * @default - https://management.azure.com/
   */
  readonly resourceId?: string;

  /**
   * The ID of the subscription; needed with `appId`.
   *
   * @default - none
   */
  readonly subscriptionId?: string;

  /**
   * The client ID of the application that the server signs in as; needed with `appSecret`.
   *
   * @default - the identity of the server's pod, see `cloudIdentity` of the server
   */
  readonly appId?: string;

  /**
   * The Secret with the key `app_secret`, in the server's namespace.
   *
   * @default - none
   */
  readonly appSecret?: SecretRef;
}

/**
 * Node attestation by managed identities of Azure.
 */
export interface AzureMsiProps extends PluginOptions {
  /**
   * The tenants whose nodes are taken.
   */
  readonly tenants: AzureMsiTenant[];

  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by tenant and principal
   */
  readonly agentPathTemplate?: string;
}

/**
 * The node attestor azure_msi.
 */
export function azureMsi(props: AzureMsiProps): NodeAttestorSides {
  requireProps('NodeAttestor.azureMsi', props, { tenants: 'AzureMsiTenant[]' });
  requireSome('tenants', props.tenants).forEach(requireTenant);
  requirePathTemplate(props.agentPathTemplate);
  return {
    name: 'azure_msi',
    reattests: false,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'azure_msi',
      configure: (data, pod) => {
        callEntra(pod, props.tenants.every((each) => each.appId !== undefined));
        pod.network.call('Azure Resource Manager', 'management.azure.com', 443);
        data.attributes({
          tenants: Object.fromEntries(props.tenants.map((each, index) => [each.tenantId, tenant(each, index, pod)])),
          agent_path_template: props.agentPathTemplate,
        });
        writeRawData(data, props.additionalData, ['agent_path_template']);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'azure_msi',
      configure: (data, pod) => {
        callNodeMetadata(pod);
        data.attributes({ resource_id: props.tenants[0].resourceId });
      },
    }),
  };
}

function tenant(props: AzureMsiTenant, index: number, pod: PluginPod): HclValue {
  return {
    resource_id: props.resourceId,
    subscription_id: props.subscriptionId,
    app_id: props.appId,
    app_secret: props.appSecret && pod.secret(`AZURE_MSI_${index}_APP_SECRET`, props.appSecret, 'app_secret'),
  };
}

function requireTenant(props: AzureMsiTenant): void {
  requireText('tenantId', props.tenantId);
  const given = [props.subscriptionId, props.appId, props.appSecret].filter((value) => value !== undefined).length;
  if (given !== 0 && given !== 3) {
    throw new Error(`tenant '${props.tenantId}' needs subscriptionId, appId and appSecret together, or none of the three for the identity of the pod`);
  }
}

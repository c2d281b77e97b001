import { KeyIdentifier } from './key-identifier';
import { requireProps } from '../../../../../identity/require-props';
import { requireHttps } from '../../../input';
import { AzureClientSecret, azureCredentials } from '../../../plugins/credentials';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * Keys in Azure Key Vault.
 */
export interface AzureKeyVaultProps extends PluginOptions {
  /**
   * The URI of the vault, such as `https://spire.vault.azure.net/`.
   */
  readonly keyVaultUri: string;

  /**
   * How a server finds its own keys again.
   *
   * @default - KeyIdentifier.perReplica()
   */
  readonly keyIdentifier?: KeyIdentifier;

  /**
   * The application that SPIRE signs in as.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly clientSecret?: AzureClientSecret;

  /**
   * The ID of the subscription; needed with `clientSecret`.
   *
   * @default - none
   */
  readonly subscriptionId?: string;
}

/**
 * The plugin azure_key_vault.
 */
export function azureKeyVault(props: AzureKeyVaultProps): Plugin {
  requireProps('KeyManager.azureKeyVault', props, { keyVaultUri: 'text' });
  requireHttps('keyVaultUri', props.keyVaultUri);
  if ((props.clientSecret === undefined) !== (props.subscriptionId === undefined)) {
    throw new Error('clientSecret and subscriptionId of azure_key_vault belong together: give both, or none for the identity of the pod');
  }
  return {
    type: 'KeyManager',
    name: 'azure_key_vault',
    configure: (data, pod) => {
      pod.network.callUrl('Azure Key Vault', props.keyVaultUri);
      data.attributes({ key_vault_uri: props.keyVaultUri });
      data.attributes((props.keyIdentifier ?? KeyIdentifier.perReplica())._keys('azure-key-vault'));
      data.attributes({ subscription_id: props.subscriptionId, ...azureCredentials(pod, 'AZURE_KEY_VAULT', props.clientSecret) });
      writeRawData(data, props.additionalData, ['key_identifier_file', 'key_identifier_value', 'tenant_id', 'subscription_id', 'app_id', 'app_secret']);
    },
  };
}

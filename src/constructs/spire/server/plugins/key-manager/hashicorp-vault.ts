import { Plugin } from '../../../plugins/plugin';
import { writeRawData } from '../../../plugins/raw-data';
import { requireVault, VAULT_KEYS, VaultConnection, writeVault } from '../vault-connection';
import { KeyIdentifier } from './key-identifier';
import { requireProps } from '../../../../../identity/require-props';

/**
 * Keys in the transit engine of HashiCorp Vault or OpenBao. Needs SPIRE 1.15.
 */
export interface HashicorpVaultProps extends VaultConnection {
  /**
   * How a server finds its own keys again.
   *
   * @default - KeyIdentifier.perReplica()
   */
  readonly keyIdentifier?: KeyIdentifier;

  /**
   * The path of the transit engine.
   *
   * @default - transit
   */
  readonly transitEnginePath?: string;
}

/**
 * The plugin hashicorp_vault.
 */
export function hashicorpVault(props: HashicorpVaultProps): Plugin {
  requireProps('KeyManager.hashicorpVault', props, { address: 'text', auth: 'VaultAuth' });
  requireVault(props);
  return {
    type: 'KeyManager',
    name: 'hashicorp_vault',
    configure: (data, pod) => {
      pod.requireVersion('KeyManager.hashicorpVault', '1.15.0');
      data.attributes((props.keyIdentifier ?? KeyIdentifier.perReplica())._keys('hashicorp-vault'));
      data.attributes({ transit_engine_path: props.transitEnginePath });
      writeVault(data, pod, props, 'key-manager-vault');
      writeRawData(data, props.additionalData, [...VAULT_KEYS, 'key_identifier_file', 'key_identifier_value', 'transit_engine_path']);
    },
  };
}

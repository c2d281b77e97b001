import { requireProps } from '../../../../../identity/require-props';
import { Plugin } from '../../../plugins/plugin';
import { writeRawData } from '../../../plugins/raw-data';
import { requireVault, VAULT_KEYS, VaultConnection, writeVault } from '../vault-connection';

/**
 * The PKI engine of HashiCorp Vault or OpenBao as certificate authority.
 */
export interface VaultUpstreamProps extends VaultConnection {
  /**
   * Where the PKI engine is mounted.
   *
   * @default - pki
   */
  readonly pkiMountPoint?: string;
}

/**
 * The plugin vault.
 */
export function vault(props: VaultUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.vault', props, { address: 'text', auth: 'VaultAuth' });
  requireVault(props);
  return {
    type: 'UpstreamAuthority',
    name: 'vault',
    configure: (data, pod) => {
      data.attributes({ pki_mount_point: props.pkiMountPoint });
      writeVault(data, pod, props, 'upstream-vault');
      writeRawData(data, props.additionalData, [...VAULT_KEYS, 'pki_mount_point']);
    },
  };
}

import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin, plainPlugin } from '../../plugins/plugin';
import { SERVER_DATA_DIR } from '../paths';
import { awsKms, AwsKmsProps } from './key-manager/aws-kms';
import { azureKeyVault, AzureKeyVaultProps } from './key-manager/azure-key-vault';
import { gcpKms, GcpKmsProps } from './key-manager/gcp-kms';
import { hashicorpVault, HashicorpVaultProps } from './key-manager/hashicorp-vault';
import { KeyIdentifier } from './key-manager/key-identifier';

/**
 * Where the SPIRE server keeps the private keys of its CA. Each server has keys of its own.
 */
export class KeyManager {
  /**
   * A file on the server's own volume: the CA survives a restart.
   */
  public static disk(): KeyManager {
    return new KeyManager({
      type: 'KeyManager',
      name: 'disk',
      configure: (data) => data.attribute('keys_path', `${SERVER_DATA_DIR}/keys.json`),
    });
  }

  /**
   * The server's memory: each start makes a new CA, and every SVID of the one before has to be replaced.
   */
  public static memory(): KeyManager {
    return new KeyManager(plainPlugin('KeyManager', 'memory'));
  }

  /**
   * AWS Key Management Service.
   *
   * Throws when the region is empty.
   *
   * @param props region, identifier and credentials
   */
  public static awsKms(props: AwsKmsProps): KeyManager {
    return new KeyManager(awsKms(props), props.keyIdentifier);
  }

  /**
   * Google Cloud Key Management Service.
   *
   * Throws when the key ring is no resource ID.
   *
   * @param props key ring, identifier and credentials
   */
  public static gcpKms(props: GcpKmsProps): KeyManager {
    return new KeyManager(gcpKms(props), props.keyIdentifier);
  }

  /**
   * Azure Key Vault.
   *
   * Throws when the URI is not https.
   *
   * @param props vault, identifier and credentials
   */
  public static azureKeyVault(props: AzureKeyVaultProps): KeyManager {
    return new KeyManager(azureKeyVault(props), props.keyIdentifier);
  }

  /**
   * The transit engine of HashiCorp Vault or OpenBao. Needs SPIRE 1.15.
   *
   * Throws when the address is not https.
   *
   * @param props address, authentication and identifier
   */
  public static hashicorpVault(props: HashicorpVaultProps): KeyManager {
    return new KeyManager(hashicorpVault(props), props.keyIdentifier);
  }

  /**
   * A key manager that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): KeyManager {
    return new KeyManager(customPlugin('KeyManager', props));
  }

  private constructor(private readonly plugin: Plugin, private readonly identifier?: KeyIdentifier) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }

  /**
   * Whether more than one server can run with it.
   *
   * @internal
   */
  public _forReplicas(): boolean {
    return this.identifier?._forReplicas() ?? true;
  }
}

import { HclObject } from '../../../../../formats/hcl';
import { requireProps } from '../../../../../identity/require-props';
import { SERVER_DATA_DIR } from '../../paths';

/**
 * How a server finds its own keys again in a key management service that several servers share.
 */
export class KeyIdentifier {
  /**
   * An identifier that each replica makes for itself and keeps on its own volume.
   */
  public static perReplica(): KeyIdentifier {
    return new KeyIdentifier((plugin) => ({ key_identifier_file: `${SERVER_DATA_DIR}/${plugin}-key-identifier` }));
  }

  /**
   * A fixed identifier. For one replica only: two servers with the same identifier destroy each other's keys.
   *
   * Throws when the identifier has other characters than letters, digits, `/`, `_` and `-`, or more than 63.
   *
   * @param value the identifier
   */
  public static fixed(value: string): KeyIdentifier {
    requireProps('KeyIdentifier.fixed', { value }, { value: 'text' });
    if (!/^[A-Za-z0-9/_-]{1,63}$/.test(value) || value.startsWith('alias/aws/')) {
      throw new Error(`key identifier '${value}' is not valid: use 1 to 63 letters, digits, '/', '_' and '-', not 'alias/aws/' in front`);
    }
    return new KeyIdentifier(() => ({ key_identifier_value: value }), false);
  }

  private constructor(private readonly write: (plugin: string) => HclObject, private readonly shareable = true) {}

  /**
   * @internal
   */
  public _keys(plugin: string): HclObject {
    return this.write(plugin);
  }

  /**
   * @internal
   */
  public _forReplicas(): boolean {
    return this.shareable;
  }
}

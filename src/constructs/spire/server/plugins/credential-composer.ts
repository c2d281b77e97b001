import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin, plainPlugin } from '../../plugins/plugin';

/**
 * Something that changes SVIDs before the server signs them.
 */
export class CredentialComposer {
  /**
   * Adds an attribute to the subject of X.509-SVIDs that is unique to the SPIFFE ID.
   */
  public static uniqueId(): CredentialComposer {
    return new CredentialComposer(plainPlugin('CredentialComposer', 'uniqueid'));
  }

  /**
   * A composer that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): CredentialComposer {
    return new CredentialComposer(customPlugin('CredentialComposer', props));
  }

  private constructor(private readonly plugin: Plugin) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }
}

/**
 * What each plugin with a configuration takes.
 */
export interface PluginOptions {
  /**
   * Keys of `plugin_data` that this library does not know, in SPIRE's own spelling. They are marked in the file.
   *
   * For keys that are newer than the library. SPIRE ignores most keys that it does not know, so a typing error stays unnoticed.
   *
   * @default - none
   */
  readonly additionalData?: { readonly [key: string]: any };
}

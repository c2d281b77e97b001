import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { requireSecretFile } from '../../../secret-file';

/**
 * A certificate authority whose certificate and key are files.
 */
export interface DiskUpstreamProps extends PluginOptions {
  /**
   * The certificate of the authority, as PEM; for an intermediate one the chain behind it too.
   *
   * Without `bundle` the file may hold exactly one certificate.
   */
  readonly certificate: FileRef;

  /**
   * The key of the authority, as PEM.
   */
  readonly privateKey: FileRef;

  /**
   * The root certificates, as PEM; needed when the authority is an intermediate one.
   *
   * @default - the certificate is its own root
   */
  readonly bundle?: FileRef;
}

/**
 * The plugin disk.
 */
export function disk(props: DiskUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.disk', props, { certificate: 'FileRef', privateKey: 'FileRef' });
  requireSecretFile('privateKey', props.privateKey);
  return {
    type: 'UpstreamAuthority',
    name: 'disk',
    configure: (data, pod) => {
      data.attributes({
        cert_file_path: pod.file(props.certificate, 'upstream-ca.crt'),
        key_file_path: pod.file(props.privateKey, 'upstream-ca.key'),
        bundle_file_path: pod.file(props.bundle, 'upstream-bundle.crt'),
      });
      writeRawData(data, props.additionalData, ['bundle_file_path']);
    },
  };
}

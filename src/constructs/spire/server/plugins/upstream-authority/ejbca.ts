import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireTexts } from '../../../input';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { requireSecretFile } from '../../../secret-file';

/**
 * A certificate authority of EJBCA.
 */
export interface EjbcaUpstreamProps extends PluginOptions {
  /**
   * The host of the EJBCA server.
   */
  readonly hostname: string;

  /**
   * The name of the certificate authority.
   */
  readonly caName: string;

  /**
   * The client certificate with which SPIRE proves itself, as PEM.
   */
  readonly clientCertificate: FileRef;

  /**
   * The key of the client certificate, as PEM.
   */
  readonly clientKey: FileRef;

  /**
   * The name of the end entity profile.
   */
  readonly endEntityProfileName: string;

  /**
   * The name of the certificate profile; it has to make certificate authorities.
   */
  readonly certificateProfileName: string;

  /**
   * The certificate authority of EJBCA's own certificate, as PEM.
   *
   * @default - the certificate has to come from an authority that the image trusts
   */
  readonly certificateAuthority?: FileRef;

  /**
   * The name of the end entity, or the part of the request that it is taken from: `cn`, `dns`, `uri` or `ip`.
   *
   * @default - the first of them that the request has
   */
  readonly endEntityName?: string;

  /**
   * The account binding ID of issued certificates.
   *
   * @default - none
   */
  readonly accountBindingId?: string;
}

/**
 * The plugin ejbca.
 */
export function ejbca(props: EjbcaUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.ejbca', props, {
    hostname: 'text', caName: 'text', clientCertificate: 'FileRef', clientKey: 'FileRef', endEntityProfileName: 'text', certificateProfileName: 'text',
  });
  requireSecretFile('clientKey', props.clientKey);
  const { hostname, caName, endEntityProfileName, certificateProfileName, endEntityName, accountBindingId } = props;
  requireTexts({ hostname, caName, endEntityProfileName, certificateProfileName, endEntityName, accountBindingId });
  return {
    type: 'UpstreamAuthority',
    name: 'ejbca',
    configure: (data, pod) => {
      pod.network.callUrl('EJBCA', `https://${props.hostname}`);
      data.attributes({
        hostname: props.hostname,
        ca_name: props.caName,
        client_cert_path: pod.file(props.clientCertificate, 'ejbca-client.crt'),
        client_cert_key_path: pod.file(props.clientKey, 'ejbca-client.key'),
        ca_cert_path: pod.file(props.certificateAuthority, 'ejbca-ca.crt'),
        end_entity_profile_name: props.endEntityProfileName,
        certificate_profile_name: props.certificateProfileName,
        end_entity_name: props.endEntityName,
        account_binding_id: props.accountBindingId,
      });
      writeRawData(data, props.additionalData, ['ca_cert_path', 'end_entity_name', 'account_binding_id']);
    },
  };
}

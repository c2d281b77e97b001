import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { requireTexts } from '../input';
import { NodeAttestorSides, requirePathTemplate } from './sides';
import { PluginOptions } from '../plugins/plugin-options';
import { writeRawData } from '../plugins/raw-data';
import { requireSecretFile } from '../secret-file';

/**
 * Node attestation by SSH host certificates.
 */
export interface SshPopProps extends PluginOptions {
  /**
   * The certificate authorities of the host certificates, in the format of authorized_keys.
   *
   * @default - those of `certAuthoritiesFile`; one of the two is needed
   */
  readonly certAuthorities?: string[];

  /**
   * A file with certificate authorities, in the format of authorized_keys.
   *
   * @default - those of `certAuthorities`; one of the two is needed
   */
  readonly certAuthoritiesFile?: FileRef;

  /**
   * The domain that is put behind host names.
   *
   * @default - none
   */
  readonly canonicalDomain?: string;

  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by the fingerprint of the certificate
   */
  readonly agentPathTemplate?: string;

  /**
   * The private key of each node, in the format of OpenSSH.
   *
   * @default - FileRef.host('/etc/ssh/ssh_host_rsa_key')
   */
  readonly hostKey?: FileRef;

  /**
   * The certificate of each node, in the format of OpenSSH.
   *
   * @default - FileRef.host('/etc/ssh/ssh_host_rsa_key-cert.pub')
   */
  readonly hostCertificate?: FileRef;
}

/**
 * The node attestor sshpop.
 */
export function sshpop(props: SshPopProps): NodeAttestorSides {
  requireProps('NodeAttestor.sshpop', props, { certAuthorities: 'text[]?' });
  requireSecretFile('hostKey', props.hostKey);
  if ((props.certAuthorities ?? []).length === 0 && !props.certAuthoritiesFile) {
    throw new Error('sshpop has no certificate authority: give certAuthorities or certAuthoritiesFile');
  }
  requirePathTemplate(props.agentPathTemplate);
  requireTexts({ canonicalDomain: props.canonicalDomain });
  return {
    name: 'sshpop',
    reattests: true,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'sshpop',
      configure: (data, pod) => {
        data.attributes({
          cert_authorities: props.certAuthorities,
          cert_authorities_path: pod.file(props.certAuthoritiesFile, 'sshpop-authorities'),
          canonical_domain: props.canonicalDomain,
          agent_path_template: props.agentPathTemplate,
        });
        writeRawData(data, props.additionalData, ['cert_authorities', 'cert_authorities_path', 'canonical_domain', 'agent_path_template']);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'sshpop',
      configure: (data, pod) => data.attributes({
        host_key_path: pod.file(props.hostKey ?? FileRef.host('/etc/ssh/ssh_host_rsa_key'), 'sshpop-host-key'),
        host_cert_path: pod.file(props.hostCertificate ?? FileRef.host('/etc/ssh/ssh_host_rsa_key-cert.pub'), 'sshpop-host-key-cert.pub'),
      }),
    }),
  };
}

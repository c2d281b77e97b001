import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { PluginOptions } from '../plugins/plugin-options';
import { writeRawData } from '../plugins/raw-data';
import { SecretRef } from '../secret-ref';
import { NodeAttestorSides } from './sides';
import { requireSecretFile } from '../secret-file';

/**
 * The device identity of each node.
 */
export interface TpmDevIdNode {
  /**
   * The DevID certificate, as PEM.
   */
  readonly certificate: FileRef;

  /**
   * The private key blob that the TPM made.
   */
  readonly privateKey: FileRef;

  /**
   * The public key blob that the TPM made.
   */
  readonly publicKey: FileRef;

  /**
   * The device.
   *
   * @default - /dev/tpmrm0
   */
  readonly devicePath?: string;

  /**
   * The Secret with passwords, in the agents' namespace: keys `devid_password`, `owner_hierarchy_password` and `endorsement_hierarchy_password`.
   *
   * @default - no passwords
   */
  readonly passwords?: SecretRef;
}

/**
 * Node attestation by device identities in Trusted Platform Modules.
 */
export interface TpmDevIdProps extends PluginOptions {
  /**
   * The certificate authorities of the DevID certificates, as PEM.
   */
  readonly devIdCa: FileRef;

  /**
   * The certificate authorities of the manufacturers, as PEM.
   */
  readonly endorsementCa: FileRef;

  /**
   * The device identity of the nodes of this cluster. Its agents run privileged, as the device asks for it.
   *
   * @default - the server takes such agents, but no agent of this cluster attests so
   */
  readonly node?: TpmDevIdNode;
}

/**
 * The node attestor tpm_devid.
 */
export function tpmDevid(props: TpmDevIdProps): NodeAttestorSides {
  requireProps('NodeAttestor.tpmDevid', props, { devIdCa: 'FileRef', endorsementCa: 'FileRef' });
  requireSecretFile('privateKey', props.node?.privateKey);
  const device = props.node?.devicePath ?? '/dev/tpmrm0';
  if (!/^\/dev\/[a-z0-9]+$/.test(device)) {
    throw new Error(`devicePath '${device}' is no device: use one such as '/dev/tpmrm0'`);
  }
  return {
    name: 'tpm_devid',
    reattests: true,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'tpm_devid',
      configure: (data, pod) => {
        data.attributes({
          devid_ca_path: pod.file(props.devIdCa, 'tpm-devid-ca.crt'),
          endorsement_ca_path: pod.file(props.endorsementCa, 'tpm-endorsement-ca.crt'),
        });
        writeRawData(data, props.additionalData);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'tpm_devid',
      configure: (data, pod) => {
        const { node } = props;
        if (!node) {
          throw new Error('the agents of this cluster have no device identity for tpm_devid: give node');
        }
        pod.privileged = true;
        pod.host('tpm', device, 'CharDevice', false);
        const password = (key: string) => node.passwords && pod.secret(`TPM_${key.toUpperCase()}`, node.passwords, key);
        data.attributes({
          tpm_device_path: device,
          devid_cert_path: pod.file(node.certificate, 'tpm-devid.crt'),
          devid_priv_path: pod.file(node.privateKey, 'tpm-devid.priv'),
          devid_pub_path: pod.file(node.publicKey, 'tpm-devid.pub'),
          devid_password: password('devid_password'),
          owner_hierarchy_password: password('owner_hierarchy_password'),
          endorsement_hierarchy_password: password('endorsement_hierarchy_password'),
        });
      },
    }),
  };
}

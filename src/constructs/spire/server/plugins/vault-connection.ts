import { VaultAuth } from './vault-auth';
import { HclBody } from '../../../../formats/hcl';
import { FileRef } from '../../file-ref';
import { requireHttps, requireText } from '../../input';
import { PluginOptions } from '../../plugins/plugin-options';
import { PluginPod } from '../../plugins/plugin-pod';

/**
 * Where Vault or OpenBao is, and how the server proves itself there.
 */
export interface VaultConnection extends PluginOptions {
  /**
   * The URL, such as `https://vault.example.org:8200`.
   */
  readonly address: string;

  /**
   * How the server proves itself.
   */
  readonly auth: VaultAuth;

  /**
   * The Vault namespace.
   *
   * @default - the root namespace
   */
  readonly vaultNamespace?: string;

  /**
   * The certificate authority of Vault's own certificate, as PEM.
   *
   * @default - the certificate has to come from an authority that the image trusts
   */
  readonly certificateAuthority?: FileRef;

  /**
   * Whether Vault's certificate is not verified at all. For trials only.
   *
   * @default - false
   */
  readonly insecureSkipVerify?: boolean;
}

/**
 * Refuses an address that is not https.
 */
export function requireVault(props: VaultConnection): void {
  requireHttps('address', props.address);
  requireText('address', props.address);
  if (props.insecureSkipVerify && props.certificateAuthority) {
    throw new Error('insecureSkipVerify and certificateAuthority exclude each other: keep certificateAuthority');
  }
}

/**
 * Writes what the two Vault plugins share.
 */
export function writeVault(data: HclBody, pod: PluginPod, props: VaultConnection, plugin: string): void {
  pod.network.callUrl('Vault', props.address);
  data.attributes({
    vault_addr: props.address,
    namespace: props.vaultNamespace,
    ca_cert_path: pod.file(props.certificateAuthority, `${plugin}-ca.crt`),
    insecure_skip_verify: props.insecureSkipVerify,
  });
  props.auth._write(data, pod, plugin);
}

/**
 * The keys that the two Vault plugins share.
 */
export const VAULT_KEYS = ['namespace', 'ca_cert_path', 'insecure_skip_verify', 'token_auth', 'cert_auth', 'approle_auth', 'k8s_auth'];

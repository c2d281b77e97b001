import { Duration } from 'cdk8s';
import { HclBody } from '../../../../formats/hcl';
import { requireProps } from '../../../../identity/require-props';
import { FileRef } from '../../file-ref';
import { requireInteger, requireText } from '../../input';
import { PluginPod } from '../../plugins/plugin-pod';
import { requireSecretFile } from '../../secret-file';
import { SecretRef } from '../../secret-ref';

/**
 * SPIRE's service account as proof for Vault.
 */
export interface VaultKubernetesAuthProps {
  /**
   * The role of the auth method.
   */
  readonly role: string;

  /**
   * Where the auth method is mounted.
   *
   * @default - kubernetes
   */
  readonly mountPoint?: string;

  /**
   * The audience of the service account token.
   *
   * @default - vault
   */
  readonly audience?: string;

  /**
   * How long a token is valid; the kubelet renews it in time. At least 10 minutes.
   *
   * @default - 1 hour
   */
  readonly tokenTtl?: Duration;
}

/**
 * A certificate as proof for Vault.
 */
export interface VaultCertificateAuthProps {
  /**
   * The certificate, as PEM.
   */
  readonly certificate: FileRef;

  /**
   * The key of the certificate, as PEM.
   */
  readonly privateKey: FileRef;

  /**
   * The role of the auth method.
   *
   * @default - Vault tries every role
   */
  readonly role?: string;

  /**
   * Where the auth method is mounted.
   *
   * @default - cert
   */
  readonly mountPoint?: string;
}

/**
 * How the SPIRE server proves to Vault who it is. The two Vault plugins take exactly one way.
 */
export class VaultAuth {
  /**
   * A projected token of the server's service account.
   *
   * Throws when the role is empty or the token's lifetime is under 10 minutes.
   *
   * @param props role, mount point and token
   */
  public static kubernetes(props: VaultKubernetesAuthProps): VaultAuth {
    requireProps('VaultAuth.kubernetes', props, { role: 'text' });
    requireText('role', props.role);
    const seconds = (props.tokenTtl ?? Duration.hours(1)).toSeconds();
    requireInteger('tokenTtl in seconds', seconds, 600);
    return new VaultAuth((data, pod, plugin) => data.block('k8s_auth').attributes({
      k8s_auth_mount_point: props.mountPoint,
      k8s_auth_role_name: props.role,
      token_path: pod.token(`${plugin}-token`, `${pod.options.filesDir}/tokens/${plugin}`, 'token', props.audience ?? 'vault', seconds),
    }));
  }

  /**
   * A client certificate.
   *
   * Throws when the private key would stand in a ConfigMap.
   *
   * @param props certificate, key and role
   */
  public static certificate(props: VaultCertificateAuthProps): VaultAuth {
    requireProps('VaultAuth.certificate', props, { certificate: 'FileRef', privateKey: 'FileRef' });
    requireSecretFile('privateKey', props.privateKey);
    return new VaultAuth((data, pod, plugin) => data.block('cert_auth').attributes({
      cert_auth_mount_point: props.mountPoint,
      cert_auth_role_name: props.role,
      client_cert_path: pod.file(props.certificate, `${plugin}-client.crt`),
      client_key_path: pod.file(props.privateKey, `${plugin}-client.key`),
    }));
  }

  /**
   * An AppRole.
   *
   * @param secret the Secret with the keys `role_id` and `secret_id`, in the server's namespace
   * @param mountPoint where the auth method is mounted, `approle` without it
   */
  public static appRole(secret: SecretRef, mountPoint?: string): VaultAuth {
    return new VaultAuth((data, pod, plugin) => data.block('approle_auth').attributes({
      approle_auth_mount_point: mountPoint,
      approle_id: pod.secret(variable(plugin, 'APPROLE_ID'), secret, 'role_id'),
      approle_secret_id: pod.secret(variable(plugin, 'APPROLE_SECRET_ID'), secret, 'secret_id'),
    }));
  }

  /**
   * A fixed token, which somebody has to renew.
   *
   * @param secret the Secret with the key `token`, in the server's namespace
   */
  public static token(secret: SecretRef): VaultAuth {
    return new VaultAuth((data, pod, plugin) => data.block('token_auth').attributes({
      token: pod.secret(variable(plugin, 'TOKEN'), secret, 'token'),
    }));
  }

  private constructor(private readonly write: (data: HclBody, pod: PluginPod, plugin: string) => void) {}

  /**
   * @internal
   */
  public _write(data: HclBody, pod: PluginPod, plugin: string): void {
    this.write(data, pod, plugin);
  }
}

/**
 * Never VAULT_*: SPIRE prefers those to its configuration, for both Vault plugins at once.
 */
function variable(plugin: string, name: string): string {
  return `SPIRE_${plugin.toUpperCase().replaceAll('-', '_')}_${name}`;
}

import { HclBody } from '../../../../formats/hcl';
import { requireHttps } from '../../input';
import { PluginPod } from '../../plugins/plugin-pod';
import { SecretRef } from '../../secret-ref';

/**
 * Verification of the signatures of a workload's images, as selectors.
 */
export interface Sigstore {
  /**
   * The identities that may sign, by the issuer that vouches for them.
   *
   * @default - every identity
   */
  readonly allowedIdentities?: { readonly [issuer: string]: string[] };

  /**
   * The images that are not verified, by digest.
   *
   * @default - none
   */
  readonly skippedImages?: string[];

  /**
   * The https URL of the transparency log.
   *
   * @default - the public one of Sigstore
   */
  readonly rekorUrl?: string;

  /**
   * Whether the transparency log is not asked.
   *
   * @default - false
   */
  readonly ignoreTlog?: boolean;

  /**
   * Whether timestamps of certificates are not checked.
   *
   * @default - false
   */
  readonly ignoreSct?: boolean;

  /**
   * Whether attestations are not checked.
   *
   * @default - false
   */
  readonly ignoreAttestations?: boolean;

  /**
   * Secrets with the keys `username` and `password`, in the agents' namespace, by the host of the registry.
   *
   * @default - registries are asked without credentials
   */
  readonly registryCredentials?: { readonly [registry: string]: SecretRef };
}

/**
 * Writes the block sigstore.
 */
export function writeSigstore(data: HclBody, pod: PluginPod, sigstore: Sigstore | undefined): void {
  if (!sigstore) {
    return;
  }
  requireHttps('rekorUrl', sigstore.rekorUrl);
  pod.requireVersion('sigstore', '1.15.0');
  const credentials = Object.entries(sigstore.registryCredentials ?? {}).map(([registry, secret], index) => [registry, {
    username: pod.secret(`REGISTRY_${index}_USERNAME`, secret, 'username'),
    password: pod.secret(`REGISTRY_${index}_PASSWORD`, secret, 'password'),
  }]);
  pod.network.callUnnamed('sigstore: registries of images, keys and log of Sigstore', [{ port: 443 }]);
  if (sigstore.rekorUrl !== undefined) {
    pod.network.callUrl('sigstore: transparency log', sigstore.rekorUrl);
  }
  data.block('sigstore').attributes({
    allowed_identities: sigstore.allowedIdentities,
    skipped_images: sigstore.skippedImages,
    rekor_url: sigstore.rekorUrl,
    ignore_tlog: sigstore.ignoreTlog,
    ignore_sct: sigstore.ignoreSct,
    ignore_attestations: sigstore.ignoreAttestations,
    registry_credentials: sigstore.registryCredentials && Object.fromEntries(credentials),
  });
}

import { HclBody } from '../../../formats/hcl';
import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { requireHttps } from '../input';
import { PluginPod } from '../plugins/plugin-pod';
import { SecretRef } from '../secret-ref';

/**
 * A certificate that the server gets by itself.
 */
export interface AcmeOptions {
  /**
   * The address for messages of the CA.
   */
  readonly email: string;

  /**
   * The directory of the CA.
   *
   * @default - that of Let's Encrypt
   */
  readonly directoryUrl?: string;
}

/**
 * Where the certificate of a bundle endpoint comes from.
 */
export class BundleEndpointCertificate {
  /**
   * A Secret of type `kubernetes.io/tls` in the server's namespace, such as cert-manager keeps.
   *
   * @param secret the Secret
   */
  public static secret(secret: SecretRef): BundleEndpointCertificate {
    return new BundleEndpointCertificate((profile, _, pod) => profile.block('serving_cert_file').attributes({
      cert_file_path: pod.file(FileRef.secret(secret, 'tls.crt'), ''),
      key_file_path: pod.file(FileRef.secret(secret, 'tls.key'), ''),
      // without it the server does not start, whatever its documentation says
      file_sync_interval: '1h',
    }), { secret });
  }

  /**
   * From a CA that speaks ACME, whose terms of service are accepted by this. The CA has to reach the endpoint on port 443.
   *
   * Throws when the address is no e-mail address, or the directory no https URL.
   *
   * @param options address and CA
   */
  public static acme(options: AcmeOptions): BundleEndpointCertificate {
    requireProps('BundleEndpointCertificate.acme', options, { email: 'text' });
    if (!/^[^@\s]+@[^@\s]+$/.test(options.email)) {
      throw new Error(`ACME email '${options.email}' is no address: the CA writes to it before a certificate ends, use one such as 'ops@example.org'`);
    }
    requireHttps('directoryUrl', options.directoryUrl);
    return new BundleEndpointCertificate((profile, host, pod) => {
      pod.network.callUrl('ACME', options.directoryUrl ?? 'https://acme-v02.api.letsencrypt.org');
      profile.block('acme').attributes({ domain_name: host, email: options.email, tos_accepted: true, directory_url: options.directoryUrl });
    }, { acmeCa: options.directoryUrl === undefined ? 'public' : 'own' });
  }

  private constructor(
    private readonly write: (profile: HclBody, host: string, pod: PluginPod) => void,
    private readonly origin: { readonly secret?: SecretRef; readonly acmeCa?: 'public' | 'own' },
  ) {}

  /**
   * The CA that calls the endpoint before it signs, if one does.
   *
   * @internal
   */
  public get _acmeCa(): 'public' | 'own' | undefined {
    return this.origin.acmeCa;
  }

  /**
   * The Secret that has to be there before the server starts, if one has.
   *
   * @internal
   */
  public get _secret(): SecretRef | undefined {
    return this.origin.secret;
  }

  /**
   * @internal
   */
  public _write(profile: HclBody, host: string, pod: PluginPod): void {
    this.write(profile, host, pod);
  }
}

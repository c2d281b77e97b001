import { HclBody } from '../../../formats/hcl';
import { SpiffeId } from '../../../identity';
import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { PluginPod } from '../plugins/plugin-pod';
import { requireSecretFile } from '../secret-file';

/**
 * Metrics behind TLS with a certificate of yours.
 */
export interface PrometheusCertificateProps {
  /**
   * The certificate of the endpoint, as PEM.
   */
  readonly certificate: FileRef;

  /**
   * The key of the certificate, as PEM.
   */
  readonly privateKey: FileRef;

  /**
   * The certificate authorities of the clients, as PEM.
   *
   * @default - everybody may read the metrics
   */
  readonly clientCa?: FileRef;
}

/**
 * TLS for the metrics of the server or the agents.
 */
export class PrometheusTls {
  /**
   * The SVID of the server or agent itself. Needs SPIRE 1.15.2.
   *
   * @param readers the SPIFFE IDs that may read the metrics; without any, every identity of the trust domain
   */
  public static svid(readers: SpiffeId[] = []): PrometheusTls {
    return new PrometheusTls((data, pod) => {
      pod.requireVersion('PrometheusTls.svid', '1.15.2');
      data.attributes({ use_spire_svid: true, authorized_spiffe_ids: readers.length > 0 ? readers.map((id) => id.uri) : undefined });
    });
  }

  /**
   * A certificate of yours. Needs SPIRE 1.15.
   *
   * Throws when the private key would stand in a ConfigMap.
   *
   * @param props certificate, key and who may read
   */
  public static certificate(props: PrometheusCertificateProps): PrometheusTls {
    requireProps('PrometheusTls.certificate', props, { certificate: 'FileRef', privateKey: 'FileRef' });
    requireSecretFile('privateKey', props.privateKey);
    return new PrometheusTls((data, pod) => {
      pod.requireVersion('PrometheusTls.certificate', '1.15.0');
      data.attributes({
        cert_file: pod.file(props.certificate, 'prometheus.crt'),
        key_file: pod.file(props.privateKey, 'prometheus.key'),
        client_ca_file: pod.file(props.clientCa, 'prometheus-client-ca.crt'),
      });
    });
  }

  private constructor(private readonly write: (data: HclBody, pod: PluginPod) => void) {}

  /**
   * @internal
   */
  public _write(data: HclBody, pod: PluginPod): void {
    this.write(data, pod);
  }
}

import { awsPca, AwsPcaUpstreamProps } from './upstream-authority/aws-pca';
import { awsSecret, AwsSecretUpstreamProps } from './upstream-authority/aws-secret';
import { certManager, CertManagerUpstreamProps } from './upstream-authority/cert-manager';
import { disk, DiskUpstreamProps } from './upstream-authority/disk';
import { ejbca, EjbcaUpstreamProps } from './upstream-authority/ejbca';
import { gcpCas, GcpCasUpstreamProps } from './upstream-authority/gcp-cas';
import { spire, SpireUpstreamProps } from './upstream-authority/spire';
import { vault, VaultUpstreamProps } from './upstream-authority/vault';
import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin } from '../../plugins/plugin';

/**
 * The certificate authority above SPIRE's own. Without one each server is a root of its own.
 */
export class UpstreamAuthority {
  /**
   * Certificate and key in files.
   *
   * @param props certificate, key and roots
   */
  public static disk(props: DiskUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(disk(props));
  }

  /**
   * The PKI engine of HashiCorp Vault or OpenBao. JWT keys are not published there.
   *
   * Throws when the address is not https.
   *
   * @param props address, authentication and mount point
   */
  public static vault(props: VaultUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(vault(props));
  }

  /**
   * Another SPIRE server of the same trust domain: this one is nested below it.
   *
   * Throws when address, port or socket are not valid.
   *
   * @param props address and Workload API socket
   */
  public static spire(props: SpireUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(spire(props));
  }

  /**
   * An issuer of cert-manager.
   *
   * Throws when a name is empty.
   *
   * @param props issuer and namespace
   */
  public static certManager(props: CertManagerUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(certManager(props));
  }

  /**
   * AWS Private Certificate Authority.
   *
   * Throws when an ARN is none.
   *
   * @param props region and authority
   */
  public static awsPca(props: AwsPcaUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(awsPca(props));
  }

  /**
   * Certificate and key in AWS Secrets Manager.
   *
   * Throws when an ARN is none.
   *
   * @param props region and secrets
   */
  public static awsSecret(props: AwsSecretUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(awsSecret(props));
  }

  /**
   * Google Certificate Authority Service.
   *
   * Throws when a value is empty.
   *
   * @param props project, pool and label
   */
  public static gcpCas(props: GcpCasUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(gcpCas(props));
  }

  /**
   * EJBCA.
   *
   * Throws when a value is empty.
   *
   * @param props host, profiles and client certificate
   */
  public static ejbca(props: EjbcaUpstreamProps): UpstreamAuthority {
    return new UpstreamAuthority(ejbca(props));
  }

  /**
   * An upstream authority that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): UpstreamAuthority {
    return new UpstreamAuthority(customPlugin('UpstreamAuthority', props));
  }

  private constructor(private readonly plugin: Plugin) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }
}

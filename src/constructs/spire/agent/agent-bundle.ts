import { HclObject } from '../../../formats/hcl';
import { requireHttps, requireSocketPath } from '../input';
import { PluginPod } from '../plugins/plugin-pod';
import { TrustBundleConfigMap } from '../trust-bundle';
import { AGENT_BUNDLE_DIR } from './paths';

/**
 * How the trust bundle at an URL is written.
 */
export enum BundleUrlFormat {
  /**
   * PEM.
   */
  PEM = 'pem',

  /**
   * A SPIFFE bundle, JSON.
   */
  SPIFFE = 'spiffe',
}

/**
 * Where an agent gets the certificates with which it recognizes its server for the first time.
 */
export class AgentBundle {
  /**
   * The ConfigMap to which the server publishes.
   */
  public static configMap(): AgentBundle {
    return new AgentBundle((pod, bundle) => {
      pod.volumes.push({ name: 'trust-bundle', configMap: { name: bundle.name } });
      pod.volumeMounts.push({ name: 'trust-bundle', mountPath: AGENT_BUNDLE_DIR, readOnly: true });
      return { trust_bundle_path: `${AGENT_BUNDLE_DIR}/${bundle.key}`, trust_bundle_format: bundle.format };
    });
  }

  /**
   * An https URL; its certificate has to come from an authority that the image trusts.
   *
   * Throws when it is not https.
   *
   * @param url the URL
   * @param format how the bundle is written
   */
  public static url(url: string, format: BundleUrlFormat): AgentBundle {
    requireHttps('url', url);
    return new AgentBundle((pod) => {
      pod.network.callUrl('trust bundle', url);
      return { trust_bundle_url: url, trust_bundle_format: format };
    });
  }

  /**
   * An URL that a process on the node answers on a Unix socket. The directory of the socket is mounted.
   *
   * Throws when the URL is not http or has parameters of SPIRE's own, or the path is not absolute.
   *
   * @param url the URL, which begins with `http://`
   * @param socketPath the path of the socket on the node
   * @param format how the bundle is written
   */
  public static unixSocket(url: string, socketPath: string, format: BundleUrlFormat): AgentBundle {
    if (!/^http:\/\/[^\s/?#]+(\/[^\s]*)?$/.test(url) || /[?&](spiffe|spire)-/.test(url)) {
      throw new Error(`url '${url}' cannot be asked on a socket: write it as 'http://localhost/bundle', without parameters that begin with 'spiffe-' or 'spire-'`);
    }
    requireSocketPath('socketPath', socketPath);
    return new AgentBundle((pod) => {
      mountDirectory(pod, socketPath);
      return { trust_bundle_url: url, trust_bundle_unix_socket: socketPath, trust_bundle_format: format };
    });
  }

  /**
   * The Workload API of another agent on the node. Needs SPIRE 1.15.3.
   *
   * Throws when the path is not absolute.
   *
   * @param socketPath the path of the other agent's socket on the node
   */
  public static workloadApi(socketPath: string): AgentBundle {
    requireSocketPath('socketPath', socketPath);
    return new AgentBundle((pod) => {
      pod.requireVersion('AgentBundle.workloadApi', '1.15.3');
      mountDirectory(pod, socketPath);
      return { trust_bundle_spiffe_workload_api: `unix://${socketPath}` };
    });
  }

  /**
   * Whatever the first server shows, which may be anybody's. For trials only.
   */
  public static insecure(): AgentBundle {
    return new AgentBundle(() => ({ insecure_bootstrap: true }), true);
  }

  private constructor(private readonly write: (pod: PluginPod, bundle: TrustBundleConfigMap) => HclObject, private readonly trustsAnybody = false) {}

  /**
   * @internal
   */
  public _keys(pod: PluginPod, bundle: TrustBundleConfigMap): HclObject {
    return this.write(pod, bundle);
  }

  /**
   * @internal
   */
  public _insecure(): boolean {
    return this.trustsAnybody;
  }
}

function mountDirectory(pod: PluginPod, socketPath: string): void {
  pod.host('bundle-socket', socketPath.slice(0, socketPath.lastIndexOf('/')), 'Directory', true);
}

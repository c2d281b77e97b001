import { requireProps } from '../../identity/require-props';
import { requireNamespace, requireObjectName } from '../istio/input';
import { SpiffeBundle } from '../spire/federation';
import { requireKey } from '../spire/file-ref';

/**
 * A key of a ConfigMap.
 */
export interface ConfigMapKey {
  /**
   * The name of the ConfigMap.
   */
  readonly name: string;

  /**
   * The namespace of the ConfigMap.
   */
  readonly namespace: string;

  /**
   * The key with the bundle, in SPIFFE form.
   */
  readonly key: string;
}

/**
 * How others get the first bundle of a trust domain, which exists only after the first start of its server. Later ones come from its endpoint.
 */
export class BundleBootstrap {
  /**
   * In two phases: when both servers run, a command takes the bundle from one to the other. VERIFY.md and FEDERATE.md have it.
   */
  public static exchange(): BundleBootstrap {
    return new BundleBootstrap();
  }

  /**
   * From a bundle that is known when the manifests are written.
   *
   * @param bundle the bundle
   */
  public static bundle(bundle: SpiffeBundle): BundleBootstrap {
    requireProps('BundleBootstrap.bundle', { bundle }, { bundle: 'SpiffeBundle' });
    return new BundleBootstrap(bundle);
  }

  /**
   * From a ConfigMap that exists in each cluster that trusts this one; a command takes the bundle from it.
   *
   * Throws when name, namespace or key are none that Kubernetes takes.
   *
   * @param configMap the ConfigMap
   */
  public static configMap(configMap: ConfigMapKey): BundleBootstrap {
    requireProps('BundleBootstrap.configMap', configMap, { name: 'text', namespace: 'text', key: 'text' });
    requireObjectName('name of the ConfigMap with a bundle', configMap.name);
    requireNamespace(`ConfigMap '${configMap.name}' with a bundle`, configMap.namespace);
    requireKey(configMap.key);
    return new BundleBootstrap(undefined, configMap);
  }

  private constructor(
    /**
     * The bundle, when it is known.
     */
    public readonly knownBundle?: SpiffeBundle,
    /**
     * The ConfigMap with the bundle.
     */
    public readonly source?: ConfigMapKey,
  ) {}
}

import { BundleFormat, BundlePublisherOptions, refreshHint } from './bundle-format';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireTexts } from '../../../input';
import { Plugin } from '../../../plugins/plugin';
import { rawMembers } from '../../../plugins/raw-data';
import { TRUST_BUNDLE_NAME, TrustBundleConfigMap } from '../../../trust-bundle';

/**
 * A ConfigMap of another cluster that gets the trust bundle.
 */
export interface ConfigMapBundleProps extends BundlePublisherOptions {
  /**
   * The name of the cluster, once in the configuration.
   */
  readonly clusterName: string;

  /**
   * A kubeconfig for the cluster. The right to create and patch the ConfigMap there is not given by this library.
   */
  readonly kubeConfig: FileRef;

  /**
   * The namespace of the ConfigMap.
   */
  readonly namespace: string;

  /**
   * The name of the ConfigMap. No other manager may own the key.
   *
   * @default - spire-bundle
   */
  readonly configMapName?: string;

  /**
   * The key in the ConfigMap.
   *
   * @default - bundle.pem, bundle.spiffe or bundle.jwks, by the format
   */
  readonly configMapKey?: string;

  /**
   * How the bundle is written.
   *
   * @default - BundleFormat.PEM
   */
  readonly format?: BundleFormat;
}

/**
 * Refuses empty names.
 */
export function requireConfigMap(props: ConfigMapBundleProps): void {
  requireProps('BundlePublisher.k8sConfigMap', props, { clusterName: 'text', kubeConfig: 'FileRef', namespace: 'text' });
  const { clusterName, namespace, configMapName, configMapKey } = props;
  requireTexts({ clusterName, namespace, configMapName, configMapKey });
}

/**
 * The plugin k8s_configmap: the trust bundle for the agents of this cluster, and for those of others.
 */
export function k8sConfigMap(clusterName: string, bundle: TrustBundleConfigMap, others: ConfigMapBundleProps[]): Plugin {
  return {
    type: 'BundlePublisher',
    name: 'k8s_configmap',
    configure: (data, pod) => {
      const clusters: { [name: string]: any } = {
        [clusterName]: {
          namespace: bundle.namespace,
          configmap_name: bundle.name,
          configmap_key: bundle.key,
          format: bundle.format,
        },
      };
      for (const props of others) {
        if (clusters[props.clusterName] !== undefined) {
          throw new Error(`cluster '${props.clusterName}' gets the trust bundle twice: give each cluster once, this one has it already`);
        }
        pod.network.callOtherApiServers('trust bundle');
        const format = props.format ?? BundleFormat.PEM;
        clusters[props.clusterName] = {
          namespace: props.namespace,
          configmap_name: props.configMapName ?? TRUST_BUNDLE_NAME,
          configmap_key: props.configMapKey ?? `bundle.${format}`,
          format,
          kubeconfig_path: pod.file(props.kubeConfig, `kubeconfig-${props.clusterName}`),
          refresh_hint: refreshHint(pod, props.refreshHint),
          ...rawMembers(data, props.additionalData, KEYS),
        };
      }
      data.attribute('clusters', clusters);
    },
  };
}

const KEYS = ['namespace', 'configmap_name', 'configmap_key', 'format', 'kubeconfig_path', 'refresh_hint'];

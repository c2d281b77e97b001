import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireNamespace, requireTexts } from '../../../input';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * An issuer of cert-manager as certificate authority.
 */
export interface CertManagerUpstreamProps extends PluginOptions {
  /**
   * The name of the issuer. It has to sign certificate authorities.
   */
  readonly issuerName: string;

  /**
   * The namespace in which CertificateRequests are made; that of the issuer if it is an `Issuer`.
   */
  readonly namespace: string;

  /**
   * The kind of the issuer.
   *
   * @default - Issuer
   */
  readonly issuerKind?: string;

  /**
   * The API group of the issuer.
   *
   * @default - cert-manager.io
   */
  readonly issuerGroup?: string;

  /**
   * A kubeconfig for the cluster of cert-manager. The rights there are not given by this library.
   *
   * @default - the cluster of the server, with the rights that are needed
   */
  readonly kubeConfig?: FileRef;
}

/**
 * The plugin cert-manager.
 */
export function certManager(props: CertManagerUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.certManager', props, { issuerName: 'text', namespace: 'text' });
  requireNamespace('namespace of cert-manager', props.namespace);
  requireTexts({ issuerName: props.issuerName, issuerKind: props.issuerKind, issuerGroup: props.issuerGroup });
  return {
    type: 'UpstreamAuthority',
    name: 'cert-manager',
    configure: (data, pod) => {
      // kind and group are always there: without them `spire-server validate` fails though the server starts
      data.attributes({
        namespace: props.namespace,
        issuer_name: props.issuerName,
        issuer_kind: props.issuerKind ?? 'Issuer',
        issuer_group: props.issuerGroup ?? 'cert-manager.io',
        kube_config_file: pod.file(props.kubeConfig, 'cert-manager-kubeconfig'),
      });
      if (props.kubeConfig) {
        pod.network.callOtherApiServers('cert-manager');
      } else {
        const rules = [{ apiGroups: ['cert-manager.io'], resources: ['certificaterequests'], verbs: ['create', 'get', 'list', 'delete'] }];
        pod.namespaceRules.push({ namespace: props.namespace, rules });
      }
      writeRawData(data, props.additionalData, ['kube_config_file']);
    },
  };
}

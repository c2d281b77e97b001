import { requireProps } from '../../../../../identity/require-props';
import { requireRegion, requireTexts } from '../../../input';
import { callGcp } from '../../../plugins/cloud-access';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * Certificate authorities of Google Certificate Authority Service, found by a label.
 *
 * Uses the identity of the pod, see `cloudIdentity` of the server.
 */
export interface GcpCasUpstreamProps extends PluginOptions {
  /**
   * The project of the authorities.
   */
  readonly project: string;

  /**
   * The region of the authorities.
   */
  readonly region: string;

  /**
   * The pool of the authorities.
   */
  readonly caPool: string;

  /**
   * The key of the label that chooses authorities.
   */
  readonly labelKey: string;

  /**
   * The value of the label that chooses authorities.
   */
  readonly labelValue: string;
}

/**
 * The plugin gcp_cas.
 */
export function gcpCas(props: GcpCasUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.gcpCas', props, { project: 'text', region: 'text', caPool: 'text', labelKey: 'text', labelValue: 'text' });
  requireRegion(props.region);
  requireTexts({ project: props.project, caPool: props.caPool, labelKey: props.labelKey, labelValue: props.labelValue });
  if (props.caPool.includes('/')) {
    throw new Error(`caPool '${props.caPool}' is a resource name, whose project and region stand in project and region: give the name of the pool alone, `
      + `'${props.caPool.split('/').pop()}'`);
  }
  return {
    type: 'UpstreamAuthority',
    name: 'gcp_cas',
    configure: (data, pod) => {
      callGcp(pod, 'privateca', false);
      data.block('root_cert_spec').attributes({
        project_name: props.project,
        region_name: props.region,
        ca_pool: props.caPool,
        label_key: props.labelKey,
        label_value: props.labelValue,
      });
      writeRawData(data, props.additionalData);
    },
  };
}

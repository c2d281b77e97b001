import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { requireHttps, requireRegion, requireTexts } from '../../../input';
import { requireArn, requireArnIn, requireEndpointIn } from '../../../plugins/arn';
import { callAws, callCloudIdentity } from '../../../plugins/cloud-access';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * AWS Private Certificate Authority. Uses the identity of the pod, see `cloudIdentity` of the server.
 */
export interface AwsPcaUpstreamProps extends PluginOptions {
  /**
   * The AWS region of the authority.
   */
  readonly region: string;

  /**
   * The ARN of the authority, which is in that region.
   */
  readonly certificateAuthorityArn: string;

  /**
   * The ARN of the template for the certificates.
   *
   * @default - the template for subordinate authorities with path length 0
   */
  readonly caSigningTemplateArn?: string;

  /**
   * The signature algorithm, in AWS's words.
   *
   * @default - the algorithm of the authority
   */
  readonly signingAlgorithm?: string;

  /**
   * The ARN of a role to assume.
   *
   * @default - none
   */
  readonly assumeRoleArn?: string;

  /**
   * Another https endpoint of the service.
   *
   * @default - AWS's own for the region
   */
  readonly endpoint?: string;

  /**
   * More root certificates for the trust bundle, as PEM.
   *
   * @default - none
   */
  readonly supplementalBundle?: FileRef;
}

/**
 * The plugin aws_pca.
 */
export function awsPca(props: AwsPcaUpstreamProps): Plugin {
  requireProps('UpstreamAuthority.awsPca', props, { region: 'text', certificateAuthorityArn: 'text' });
  requireRegion(props.region);
  requireTexts({ signingAlgorithm: props.signingAlgorithm });
  requireHttps('endpoint', props.endpoint);
  requireEndpointIn(props.endpoint, props.region);
  requireArnIn('certificateAuthorityArn', props.certificateAuthorityArn, 'acm-pca', props.region);
  requireArn('caSigningTemplateArn', props.caSigningTemplateArn);
  requireArn('assumeRoleArn', props.assumeRoleArn);
  return {
    type: 'UpstreamAuthority',
    name: 'aws_pca',
    configure: (data, pod) => {
      callAws(pod, 'acm-pca', props.region, props.endpoint);
      callCloudIdentity(pod, 'aws');
      if (props.assumeRoleArn !== undefined) {
        callAws(pod, 'sts', props.region);
      }
      data.attributes({
        region: props.region,
        certificate_authority_arn: props.certificateAuthorityArn,
        ca_signing_template_arn: props.caSigningTemplateArn,
        signing_algorithm: props.signingAlgorithm,
        assume_role_arn: props.assumeRoleArn,
        endpoint: props.endpoint,
        supplemental_bundle_path: pod.file(props.supplementalBundle, 'aws-pca-supplemental-bundle.crt'),
      });
      writeRawData(data, props.additionalData, ['ca_signing_template_arn', 'signing_algorithm', 'assume_role_arn', 'endpoint', 'supplemental_bundle_path']);
    },
  };
}

import { requireProps } from '../../../identity/require-props';
import { FileRef } from '../file-ref';
import { requireInteger, requireSome, requireTexts } from '../input';
import { NodeAttestorSides, requirePathTemplate } from './sides';
import { callCloudIdentity, callGcp } from '../plugins/cloud-access';
import { PluginOptions } from '../plugins/plugin-options';
import { writeRawData } from '../plugins/raw-data';

/**
 * Node attestation by instance identity tokens of Google Compute Engine.
 */
export interface GcpIitProps extends PluginOptions {
  /**
   * The projects whose nodes are taken.
   */
  readonly projectIdAllowList: string[];

  /**
   * Whether the server asks Google for tags, labels and metadata of the node, for more selectors.
   *
   * @default - false
   */
  readonly useInstanceMetadata?: boolean;

  /**
   * The keys of labels that become selectors.
   *
   * @default - none
   */
  readonly allowedLabelKeys?: string[];

  /**
   * The keys of metadata that become selectors.
   *
   * @default - none
   */
  readonly allowedMetadataKeys?: string[];

  /**
   * The longest value of metadata that becomes a selector, in bytes.
   *
   * @default - 128
   */
  readonly maxMetadataValueSize?: number;

  /**
   * The key file of a Google service account, for `useInstanceMetadata`.
   *
   * @default - the identity of the server's pod, see `cloudIdentity` of the server
   */
  readonly serviceAccountFile?: FileRef;

  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by project and instance
   */
  readonly agentPathTemplate?: string;

  /**
   * The host at which the agent gets its token.
   *
   * @default - metadata.google.internal
   */
  readonly identityTokenHost?: string;

  /**
   * The service account of the node that the token is for.
   *
   * @default - default
   */
  readonly serviceAccount?: string;
}

/**
 * The node attestor gcp_iit.
 */
export function gcpIit(props: GcpIitProps): NodeAttestorSides {
  requireProps('NodeAttestor.gcpIit', props, { projectIdAllowList: 'text[]' });
  requireSome('projectIdAllowList', props.projectIdAllowList);
  requirePathTemplate(props.agentPathTemplate);
  requireInteger('maxMetadataValueSize', props.maxMetadataValueSize, 1);
  requireTexts({ identityTokenHost: props.identityTokenHost, serviceAccount: props.serviceAccount });
  return {
    name: 'gcp_iit',
    reattests: false,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'gcp_iit',
      configure: (data, pod) => {
        pod.network.call('certificates of Google', 'www.googleapis.com', 443);
        if (props.useInstanceMetadata) {
          callGcp(pod, 'compute', props.serviceAccountFile !== undefined);
        }
        data.attributes({
          projectid_allow_list: props.projectIdAllowList,
          use_instance_metadata: props.useInstanceMetadata,
          allowed_label_keys: props.allowedLabelKeys,
          allowed_metadata_keys: props.allowedMetadataKeys,
          max_metadata_value_size: props.maxMetadataValueSize,
          service_account_file: pod.file(props.serviceAccountFile, 'gcp-iit-service-account.json'),
          agent_path_template: props.agentPathTemplate,
        });
        writeRawData(data, props.additionalData, ['use_instance_metadata', 'allowed_label_keys', 'allowed_metadata_keys',
          'max_metadata_value_size', 'service_account_file', 'agent_path_template']);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'gcp_iit',
      configure: (data, pod) => {
        if (props.identityTokenHost === undefined) {
          callCloudIdentity(pod, 'gcp');
        } else {
          pod.network.callUrl('metadata of the node', `http://${props.identityTokenHost}`);
        }
        data.attributes({ identity_token_host: props.identityTokenHost, service_account: props.serviceAccount });
      },
    }),
  };
}

import { HclBody, HclObject } from '../../../formats/hcl';
import { AGENT_TOKEN_AUDIENCE, AGENT_TOKEN_DIR, AGENT_TOKEN_FILE, AGENT_TOKEN_SECONDS } from '../agent/paths';
import { FileRef } from '../file-ref';
import { requireSome, requireText } from '../input';
import { NodeAttestorSides } from './sides';
import { PluginOptions } from '../plugins/plugin-options';
import { PluginPod } from '../plugins/plugin-pod';
import { rawMembers } from '../plugins/raw-data';

/**
 * What the server takes from tokens of a cluster.
 */
export interface K8sPsatOptions extends PluginOptions {
  /**
   * The audience of the agents' tokens.
   *
   * @default - spire-server
   */
  readonly audience?: string;

  /**
   * The keys of node labels that become selectors of the agent.
   *
   * @default - none
   */
  readonly allowedNodeLabelKeys?: string[];

  /**
   * The keys of labels of the agent's pod that become selectors of the agent.
   *
   * @default - none
   */
  readonly allowedPodLabelKeys?: string[];

  /**
   * Whether an agent is known by the UID of its pod and not of its node. Needs SPIRE 1.15.3.
   *
   * The controller manager cannot write such an ID: for clusters of which it registers the workloads it does not work.
   *
   * @default - false
   */
  readonly usePodUidForAgentId?: boolean;
}

/**
 * Another cluster whose agents this server takes.
 */
export interface RemoteK8sPsatCluster extends K8sPsatOptions {
  /**
   * The name of the cluster, which its agents have to give.
   */
  readonly clusterName: string;

  /**
   * A kubeconfig with the rights to create TokenReviews and to get pods and nodes there.
   */
  readonly kubeConfig: FileRef;

  /**
   * The service accounts of the agents, as `namespace:name`.
   */
  readonly serviceAccounts: string[];
}

/**
 * Node attestation by projected service account tokens of the agents' pods.
 */
export interface K8sPsatProps extends K8sPsatOptions {
  /**
   * Other clusters whose agents this server takes.
   *
   * @default - none
   */
  readonly remoteClusters?: RemoteK8sPsatCluster[];
}

/**
 * The node attestor k8s_psat.
 */
export function k8sPsat(props: K8sPsatProps): NodeAttestorSides {
  const audience = requireText('audience', props.audience ?? AGENT_TOKEN_AUDIENCE);
  (props.remoteClusters ?? []).forEach(requireRemote);
  return {
    name: 'k8s_psat',
    reattests: true,
    nodeUidIds: !props.usePodUidForAgentId,
    remoteAgents: (props.remoteClusters ?? []).length > 0,
    server: (own) => ({
      type: 'NodeAttestor',
      name: 'k8s_psat',
      configure: (data, pod) => {
        const clusters: { [name: string]: HclObject } = { [own.name]: cluster([`${own.agentNamespace}:${own.agentServiceAccount}`], props, data, pod) };
        for (const remote of props.remoteClusters ?? []) {
          pod.network.callOtherApiServers('k8s_psat');
          if (clusters[remote.clusterName] !== undefined) {
            throw new Error(`cluster '${remote.clusterName}' is given twice for k8s_psat: give each cluster once`);
          }
          clusters[remote.clusterName] = {
            ...cluster(remote.serviceAccounts, remote, data, pod),
            kube_config_file: pod.file(remote.kubeConfig, `kubeconfig-${remote.clusterName}`),
          };
        }
        // in the order in which the attestor asks
        pod.clusterRules.push(
          { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
          { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get'] },
        );
        data.attribute('clusters', clusters);
      },
    }),
    agent: (own) => ({
      type: 'NodeAttestor',
      name: 'k8s_psat',
      configure: (data, pod) => data.attributes({
        cluster: own.name,
        token_path: pod.token('agent-token', AGENT_TOKEN_DIR, AGENT_TOKEN_FILE, audience, AGENT_TOKEN_SECONDS),
      }),
    }),
  };
}

function cluster(serviceAccounts: string[], options: K8sPsatOptions, data: HclBody, pod: PluginPod): HclObject {
  if (options.usePodUidForAgentId !== undefined) {
    pod.requireVersion('usePodUidForAgentId of k8sPsat', '1.15.3');
  }
  const known = {
    service_account_allow_list: serviceAccounts,
    audience: [options.audience ?? AGENT_TOKEN_AUDIENCE],
    allowed_node_label_keys: options.allowedNodeLabelKeys,
    allowed_pod_label_keys: options.allowedPodLabelKeys,
    use_pod_uid_for_agent_id: options.usePodUidForAgentId,
  };
  return { ...known, ...rawMembers(data, options.additionalData, [...Object.keys(known), 'kube_config_file']) };
}

function requireRemote(remote: RemoteK8sPsatCluster): void {
  requireText('clusterName', remote.clusterName);
  requireSome(`serviceAccounts of cluster '${remote.clusterName}'`, remote.serviceAccounts);
  if (remote.audience !== undefined) {
    requireText('audience', remote.audience);
  }
  for (const account of remote.serviceAccounts) {
    if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?:[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(account)) {
      throw new Error(`service account '${account}' has no namespace, so no agent could ever attest: write it as 'spire-system:spire-agent'`);
    }
  }
}


import { Duration } from 'cdk8s';
import { HclBody } from '../../../../../formats/hcl';
import { SpiffeId } from '../../../../../identity';
import { FileRef } from '../../../file-ref';
import { optionalDuration, requireInteger, requirePort, requireSome } from '../../../input';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { PluginPod } from '../../../plugins/plugin-pod';
import { writeRawData } from '../../../plugins/raw-data';
import { requireSecretFile } from '../../../secret-file';
import { KubeletVerification } from '../../kubelet-verification';
import { NODE_ADDRESS_VARIABLE } from '../../paths';
import { Sigstore, writeSigstore } from '../sigstore';

/**
 * Which pods a broker may ask for.
 */
export enum PodReferenceScope {
  /**
   * Pods of the agent's own node.
   */
  AGENT_NODE = 'agent_node',

  /**
   * Pods of the whole cluster.
   */
  CLUSTER = 'cluster',
}

/**
 * A broker that asks for the identities of pods.
 */
export interface PodBroker {
  /**
   * The SPIFFE ID of the broker.
   */
  readonly id: SpiffeId;

  /**
   * Which pods it may ask for.
   *
   * @default - PodReferenceScope.AGENT_NODE
   */
  readonly podReferenceScope?: PodReferenceScope;
}

/**
 * Attestation of workloads by their pod, as the kubelet of the node knows it.
 */
export interface K8sWorkloadAttestorProps extends PluginOptions {
  /**
   * How the agent verifies the kubelet.
   *
   * @default - KubeletVerification.CLUSTER_CA
   */
  readonly kubeletVerification?: KubeletVerification;

  /**
   * The certificate authority of the kubelets, as PEM.
   *
   * @default - the certificate authority of the cluster
   */
  readonly kubeletCa?: FileRef;

  /**
   * The port of the kubelet.
   *
   * @default - 10250
   */
  readonly kubeletSecurePort?: number;

  /**
   * The client certificate for the kubelet, as PEM; needs `kubeletClientKey`.
   *
   * @default - the token of the agent's service account
   */
  readonly kubeletClientCertificate?: FileRef;

  /**
   * The key of the client certificate, as PEM.
   *
   * @default - none
   */
  readonly kubeletClientKey?: FileRef;

  /**
   * Whether the kubelet is asked without credentials.
   *
   * @default - false
   */
  readonly useAnonymousAuthentication?: boolean;

  /**
   * How often certificate authority, token and client certificate are read again.
   *
   * @default - 1 minute
   */
  readonly reloadInterval?: Duration;

  /**
   * How often the kubelet is asked for a pod that it does not know yet.
   *
   * @default - 60 times
   */
  readonly maxPollAttempts?: number;

  /**
   * How long the agent waits before it asks again.
   *
   * @default - 500 milliseconds
   */
  readonly pollRetryInterval?: Duration;

  /**
   * Whether selectors of containers are left out. A proxy that starts before its application needs it so.
   *
   * @default - true
   */
  readonly disableContainerSelectors?: boolean;

  /**
   * Whether labels of the pod's namespace become selectors. The agent gets the right to watch namespaces. Needs SPIRE 1.15.3.
   *
   * @default - false
   */
  readonly enableNamespaceLabels?: boolean;

  /**
   * Whether the search for the container of a process is logged in detail.
   *
   * @default - false
   */
  readonly verboseContainerLocatorLogs?: boolean;

  /**
   * Verification of image signatures. Needs SPIRE 1.15.
   *
   * @default - signatures are not looked at
   */
  readonly sigstore?: Sigstore;

  /**
   * Whether pods are asked of the API server with a cache, for references of brokers. Experimental, needs SPIRE 1.15.2.
   *
   * @default - false
   */
  readonly apiServerCache?: boolean;

  /**
   * The brokers that may ask for pods, nobody else. Experimental, needs SPIRE 1.15.2.
   *
   * @default - no access policy is written
   */
  readonly brokers?: PodBroker[];
}

/**
 * The plugin k8s.
 */
export function k8s(props: K8sWorkloadAttestorProps): Plugin {
  requireK8s(props);
  return {
    type: 'WorkloadAttestor',
    name: 'k8s',
    configure: (data, pod) => {
      pod.variable(NODE_ADDRESS_VARIABLE, { valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } });
      // which pods run on the node is asked of the kubelet, never of the API server
      pod.clusterRules.push({ apiGroups: [''], resources: ['nodes/pods'], verbs: ['get'] });
      pod.network.callKubelet(props.kubeletSecurePort ?? 10250);
      data.comment('the address of the node: no DNS name of a node has to resolve');
      data.attribute('node_name_env', NODE_ADDRESS_VARIABLE);
      data.attribute('skip_kubelet_verification', props.kubeletVerification === KubeletVerification.NONE);
      data.comment('a proxy that starts before its application asks when the pod has no running container yet');
      data.attribute('disable_container_selectors', props.disableContainerSelectors ?? true);
      data.attributes({
        kubelet_secure_port: props.kubeletSecurePort,
        kubelet_ca_path: pod.file(props.kubeletCa, 'kubelet-ca.crt'),
        certificate_path: pod.file(props.kubeletClientCertificate, 'kubelet-client.crt'),
        private_key_path: pod.file(props.kubeletClientKey, 'kubelet-client.key'),
        use_anonymous_authentication: props.useAnonymousAuthentication,
        reload_interval: optionalDuration('reloadInterval', props.reloadInterval),
        max_poll_attempts: props.maxPollAttempts,
        poll_retry_interval: optionalDuration('pollRetryInterval', props.pollRetryInterval),
        verbose_container_locator_logs: props.verboseContainerLocatorLogs,
        enable_namespace_labels: props.enableNamespaceLabels,
      });
      if (props.enableNamespaceLabels) {
        pod.requireVersion('enableNamespaceLabels', '1.15.3');
        pod.network.callApiServer();
        pod.clusterRules.push({ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] });
      }
      writeSigstore(data, pod, props.sigstore);
      writeExperimental(data, pod, props);
      writeRawData(data, props.additionalData, OWNED);
    },
  };
}

const OWNED = [
  'kubelet_secure_port', 'kubelet_ca_path', 'certificate_path', 'private_key_path', 'use_anonymous_authentication', 'reload_interval',
  'max_poll_attempts', 'poll_retry_interval', 'verbose_container_locator_logs', 'enable_namespace_labels', 'sigstore', 'experimental',
  'disable_kubelet_client',
];

function requireK8s(props: K8sWorkloadAttestorProps): void {
  requirePort('kubeletSecurePort', props.kubeletSecurePort);
  requireInteger('maxPollAttempts', props.maxPollAttempts, 1);
  optionalDuration('reloadInterval', props.reloadInterval);
  optionalDuration('pollRetryInterval', props.pollRetryInterval);
  if ((props.kubeletClientCertificate === undefined) !== (props.kubeletClientKey === undefined)) {
    throw new Error('kubeletClientCertificate and kubeletClientKey belong together: give both, or none for the service account token');
  }
  requireSecretFile('kubeletClientKey', props.kubeletClientKey);
  if (props.useAnonymousAuthentication && props.kubeletClientCertificate) {
    throw new Error('useAnonymousAuthentication and kubeletClientCertificate exclude each other: keep one of the two');
  }
  if (props.kubeletVerification === KubeletVerification.NONE && props.kubeletCa) {
    throw new Error('kubeletCa has no use when the kubelet is not verified: keep one of the two');
  }
  if (props.brokers) {
    requireSome('brokers of the k8s workload attestor', props.brokers);
  }
}

function writeExperimental(data: HclBody, pod: PluginPod, props: K8sWorkloadAttestorProps): void {
  if (props.apiServerCache === undefined && !props.brokers) {
    return;
  }
  pod.requireVersion('apiServerCache and brokers of the k8s workload attestor', '1.15.2');
  pod.clusterRules.push({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] });
  pod.network.callApiServer();
  const experimental = data.block('experimental');
  if (props.apiServerCache !== undefined) {
    experimental.block('api_server').block('cache').attributes({ enabled: props.apiServerCache });
  }
  if (props.brokers) {
    experimental.block('broker').attributes({
      access_policy: 'enforced',
      brokers: props.brokers.map((broker) => ({ id: broker.id.uri, pod_reference_scope: broker.podReferenceScope ?? PodReferenceScope.AGENT_NODE })),
    });
  }
}

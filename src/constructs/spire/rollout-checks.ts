import { SPIRE_PORTS } from './ports';
import { ISpire } from './spire-ref';
import { Platform, Stage } from '../../delivery';
import { inServer } from './server/command';
import { SERVER_NAME } from './server/paths';

/**
 * Adds the commands that show whether SPIRE came up.
 *
 * @param server how many servers run, and whether agents alone reach them
 */
export function addRolloutChecks(platform: Platform, spire: ISpire, server: { readonly closed: boolean; readonly replicas: number }): void {
  const { serverNamespace, agentNamespace, cluster } = spire;
  platform.addStepAfter(Stage.CRDS, {
    purpose: 'Wait until the API server serves the definitions',
    command: 'kubectl wait --for=condition=Established --timeout=1m crd/clusterspiffeids.spire.spiffe.io crd/clusterstaticentries.spire.spiffe.io crd/clusterfederatedtrustdomains.spire.spiffe.io',
    expected: 'three lines: ... condition met',
  });
  platform.addStepAfter(Stage.NAMESPACES, {
    purpose: 'See the Pod Security level of each namespace',
    command: 'kubectl get namespaces -L pod-security.kubernetes.io/enforce',
    expected: `${serverNamespace} is restricted, ${agentNamespace} is privileged`,
  });
  platform.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: 'Wait for the server',
    command: `kubectl -n ${serverNamespace} rollout status statefulset/spire-server --timeout=5m`,
    expected: `statefulset rolling update complete ${server.replicas} pods at revision ...`,
  });
  platform.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: 'Ask the server whether it is healthy',
    command: inServer(`kubectl -n ${serverNamespace}`, 'healthcheck'),
    expected: 'Server is healthy.',
  });
  platform.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: 'See that the server has published its trust bundle',
    command: `kubectl -n ${agentNamespace} get configmap spire-bundle -o jsonpath='{.data.bundle\\.pem}' | head -1`,
    expected: '-----BEGIN CERTIFICATE-----',
  });
  platform.addStepAfter(Stage.SPIRE_AGENT, {
    purpose: 'Wait for the agents and the CSI driver on every node',
    command: `kubectl -n ${agentNamespace} rollout status daemonset/spire-agent --timeout=5m && kubectl -n ${agentNamespace} rollout status daemonset/spiffe-csi-driver --timeout=5m`,
    expected: 'daemon set "spire-agent" successfully rolled out\ndaemon set "spiffe-csi-driver" successfully rolled out',
  });
  platform.addStepAfter(Stage.SPIRE_AGENT, {
    purpose: 'See one attested agent for each node',
    command: inServer(`kubectl -n ${serverNamespace}`, 'agent list'),
    expected: `SPIFFE ID         : ${cluster.trustDomain.uri}/spire/agent/k8s_psat/${cluster.name}/<uid of the node>`,
  });
  if (server.closed) {
    const host = cluster.serviceHost(SERVER_NAME, serverNamespace);
    platform.addStepAfter(Stage.SPIRE_AGENT, {
      purpose: 'See that a pod that is no agent does not reach the server. The answer `open` means that the network plugin enforces no NetworkPolicies',
      command: `kubectl -n default run spire-closed --rm -i --restart=Never --image=busybox:1.37 -- sh -c 'nc -z -w 5 ${host} ${SPIRE_PORTS.serverApi} && echo open || echo closed'`,
      expected: 'closed',
    });
  }
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'See that the controller manager takes the identities as its own: each has numbers in its status',
    command: 'kubectl get clusterspiffeids -o custom-columns=NAME:.metadata.name,CLASS:.spec.className,PODS:.status.stats.podsSelected,FAILURES:.status.stats.entryFailures',
    expected: `CLASS is ${spire.className} and FAILURES is 0 for each; PODS grows when workloads start`,
  });
}

import { ApiObject } from 'cdk8s';
import { Cluster } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { externalDns } from '../../external-dns';
import { labels, selectorLabels } from '../../labels';
import { SPIRE_PORTS } from '../ports';
import { SERVER_NAME, SERVER_USER } from '../server/paths';
import { Spire } from '../spire';
import { agentAlias, NESTED_API, nestedServer } from './nested-names';

/**
 * Defines what the root needs for one nested server: who its agent is, and that it may sign.
 */
export function defineNestedEntries(platform: Platform, spire: Spire, nested: Cluster): void {
  const { trustDomain } = spire.cluster;
  const define = (name: string, spec: object) => new ApiObject(platform.chart(Stage.IDENTITIES, 'nested-servers'), name, {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterStaticEntry',
    metadata: { name, labels: labels(name, 'spire') },
    spec: { className: spire.className, ...spec },
  });
  const name = nested.name.toLowerCase().replaceAll('_', '-');
  define(`nested-${name}-agent`, {
    spiffeID: agentAlias(trustDomain, nested).uri,
    parentID: `${trustDomain.uri}/spire/server`,
    selectors: [`k8s_psat:cluster:${nested.name}`, `k8s_psat:agent_ns:${spire.serverNamespace}`, `k8s_psat:agent_sa:${SERVER_NAME}`],
  });
  define(`nested-${name}-server`, {
    spiffeID: nestedServer(trustDomain, nested).uri,
    parentID: agentAlias(trustDomain, nested).uri,
    selectors: [`unix:uid:${SERVER_USER}`],
    downstream: true,
  });
}

/**
 * Defines the load balancer at which nested servers and their agents call the root. TLS is from end to end, so it may look at no request.
 */
export function defineNestedApi(platform: Platform, spire: Spire, host: string, port: number): ApiObject {
  platform.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: `See the address of the root for nested servers: ${host} has to lead there from their clusters`,
    command: `kubectl -n ${spire.serverNamespace} get service ${NESTED_API} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}{"\\n"}'`,
    expected: `an address, which \`nslookup ${host}\` answers, too`,
  });
  return new ApiObject(platform.chart(Stage.SPIRE_SERVER, SERVER_NAME), 'nested-api', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: NESTED_API,
      namespace: spire.serverNamespace,
      labels: labels(NESTED_API, 'spire'),
      annotations: externalDns(host),
    },
    spec: {
      type: 'LoadBalancer',
      // without the callers' own addresses all of them share one limit of attestations
      externalTrafficPolicy: 'Local',
      selector: selectorLabels(SERVER_NAME),
      ports: [{ name: 'grpc', port, targetPort: SPIRE_PORTS.serverApi, protocol: 'TCP' }],
    },
  });
}

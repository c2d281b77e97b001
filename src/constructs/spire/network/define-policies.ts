import { ApiObject, Chart, Lazy } from 'cdk8s';
import { PodNetwork } from './pod-network';
import { selectorLabels } from '../../labels';
import { defineNetworkPolicy } from '../../network/network-policy';

/**
 * Closes a namespace for pods that no other policy is for.
 */
export function closeNamespace(chart: Chart, namespace: string): ApiObject {
  return defineNetworkPolicy(chart, { name: 'default-deny', namespace, owner: 'spire', podLabels: {}, ingress: [], egress: [] });
}

/**
 * Opens for the pods of a server or an agent what they and their plugins asked for.
 */
export function definePodPolicy(chart: Chart, name: string, namespace: string, network: PodNetwork): ApiObject {
  return defineNetworkPolicy(chart, {
    name,
    namespace,
    owner: 'spire',
    annotations: {
      // read at the end: partners of a federation are named later
      'cdk8s-spiffe.dev/egress': Lazy.any({ produce: () => network.egressNotes.join('\n') }) as unknown as string,
    },
    podLabels: selectorLabels(name),
    ingress: network.ingress,
    egress: network.egress,
  });
}

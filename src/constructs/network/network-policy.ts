import { ApiObject, Chart, Lazy } from 'cdk8s';
import { labels } from '../labels';
import { NetworkRule, networkRulesJson } from './network-policy-rule';

/**
 * The pods that a policy is for, and who may talk to them and whom they may talk to.
 */
export interface NetworkPolicyOptions {
  readonly name: string;
  readonly namespace: string;
  /** What the policy belongs to, where its namespace does not say so. */
  readonly owner?: string;
  readonly annotations?: { readonly [key: string]: string };
  /** The labels of the pods; none means all of the namespace. */
  readonly podLabels: { readonly [key: string]: string };
  /** Without it, incoming connections are not limited. It is read at the synthesis, so that rules may follow. */
  readonly ingress?: NetworkRule[];
  /** Without it, outgoing connections are not limited. It is read at the synthesis, so that rules may follow. */
  readonly egress?: NetworkRule[];
}

/**
 * Defines a NetworkPolicy. A direction with an empty list of rules is closed.
 */
export function defineNetworkPolicy(chart: Chart, options: NetworkPolicyOptions): ApiObject {
  const { name, namespace, owner, annotations, podLabels, ingress, egress } = options;
  const matchLabels = Object.keys(podLabels).length > 0 ? { matchLabels: podLabels } : {};
  return new ApiObject(chart, `networkpolicy-${name}`, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labels(name, owner ?? namespace), ...(annotations ? { annotations } : {}) },
    spec: {
      podSelector: matchLabels,
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      // the API server does not keep an empty list, and would change the object at each apply
      ...(ingress ? { ingress: Lazy.any({ produce: () => ingress.length > 0 ? networkRulesJson('from', ingress) : undefined }) } : {}),
      ...(egress ? { egress: Lazy.any({ produce: () => egress.length > 0 ? networkRulesJson('to', egress) : undefined }) } : {}),
    },
  });
}

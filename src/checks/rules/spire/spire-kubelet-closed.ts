import { egressPolicies, hasOtherPolicies, leadsOutside } from '../../../model/kubernetes/network-policy';
import { asObjects } from '../../../model/manifest';
import { Agent } from '../../../model/spire/discovery';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireKubeletClosed: Rule = {
  id: 'SPIRE-KUBELET-CLOSED',
  level: Level.WARNING,
  title: 'NetworkPolicies keep the agent from the kubelet',
  why: 'the k8s attestor asks the kubelet for the pods of the node: where the network does not let pods reach their own node anyway, no workload gets an identity',
  fix: 'let the agents reach port 10250, by an ipBlock of the nodes or without to: the kubelet is no pod, so no selector names it',
  source: 'Kubernetes NetworkPolicy; doc/plugin_agent_workloadattestor_k8s.md',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const agent of system.agents) {
      const { workload } = agent;
      const port = kubeletPort(agent);
      const policies = workload && port !== undefined && workload.pod.hostNetwork !== true ? egressPolicies(system, workload) : [];
      const isNamed = policies.some(({ spec }) => asObjects(spec.egress).some(rule => asObjects(rule.ports).some(one => typeof one.port === 'string')));
      if (policies.length === 0 || isNamed || policies.some(policy => leadsOutside(policy, port!))) continue;
      report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name} reach the kubelet at port ${port}`);
    }
  },
};

/** The port at which an agent asks the kubelet of its node. */
function kubeletPort(agent: Agent): number | undefined {
  const attestor = pluginsOf(agent, 'WorkloadAttestor', 'k8s')[0]?.config;
  if (!attestor || attestor.bool('disable_kubelet_client')) return undefined;
  return attestor.int('kubelet_read_only_port') || attestor.int('kubelet_secure_port') || 10250;
}

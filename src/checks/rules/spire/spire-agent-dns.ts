import { agentsOfServers } from '../../../model/spire/agents';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentDns: Rule = {
  id: 'SPIRE-AGENT-DNS',
  level: Level.ERROR,
  title: 'the agent cannot resolve the name of the server',
  why: 'on the network of the node a pod asks the DNS server of the node, which knows no Services',
  fix: 'set dnsPolicy: ClusterFirstWithHostNet, or leave hostNetwork out',
  source: 'Kubernetes: DNS for Services and Pods',
  check: (system, report) => {
    for (const agent of agentsOfServers(system)) {
      const address = agent.config?.agent.text('server_address') ?? '';
      const pod = agent.workload?.pod;
      if (!pod?.hostNetwork || pod.dnsPolicy === 'ClusterFirstWithHostNet' || pod.dnsPolicy === 'None' || pod.hostAliases !== undefined) continue;
      if (isUnknown(address) || !/^[a-z]/i.test(address) || address === 'localhost') continue;
      report.at(agent.workload!.manifest, agent.workload!.at('spec', 'hostNetwork'), `hostNetwork without dnsPolicy ClusterFirstWithHostNet, and server_address is ${address}`);
    }
  },
};

import { egressPolicies, hasOtherPolicies, leadsTo, opensPort } from '../../../model/kubernetes/network-policy';
import { servicePorts } from '../../../model/kubernetes/service';
import { asObjects } from '../../../model/manifest';
import { Agent } from '../../../model/spire/discovery';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentClosed: Rule = {
  id: 'SPIRE-AGENT-CLOSED',
  level: Level.ERROR,
  title: 'NetworkPolicies keep the agent from its server',
  why: 'no agent attests or renews: nodes lose their identities when the SVIDs run out',
  fix: 'let the agents reach bind_port of the server',
  source: 'Kubernetes NetworkPolicy; doc/spire_agent.md',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const agent of system.agents) {
      const { workload } = agent;
      const policies = workload && workload.pod.hostNetwork !== true ? egressPolicies(system, workload) : [];
      const ports = policies.length > 0 ? portsOf(system, agent) : [];
      const rules = policies.flatMap(policy => asObjects(policy.spec.egress));
      const isNamed = rules.some(rule => asObjects(rule.ports).some(({ port }) => typeof port === 'string'));
      const called = ports.flatMap(one => one.workload ?? []);
      const isLed = (port: number): boolean => policies.some(policy => called.some(server => leadsTo(system, policy, server, port)));
      const isOpen = (port: number): boolean => called.length > 0 ? isLed(port) : isNamed || rules.some(rule => opensPort(rule, port));
      if (ports.length === 0 || ports.some(({ port }) => isOpen(port))) continue;
      const shown = [...new Set(ports.map(({ port }) => port))].join(' or ');
      report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name} reach the server at port ${shown}`);
    }
  },
};

/** The port that an agent calls, and where that is a Service of the input, the ports of the pods behind it. */
function portsOf(system: System, { config }: Agent): { readonly port: number; readonly workload?: System['workloads'][number] }[] {
  const address = config?.agent.text('server_address') ?? '';
  const port = Number(config?.agent.text('server_port'));
  if (address === '' || isUnknown(address) || !Number.isInteger(port) || port === 0) return [];
  const [name, namespace] = address.split('.');
  const service = system.find('Service', namespace ?? '', name);
  const targets = (service ? system.workloadsIn(service.namespace) : []).flatMap(workload => servicePorts(system, workload)
    .filter(one => one.service === service && one.port === port && one.target !== undefined).map(({ target }) => ({ port: target!, workload })));
  return targets.length > 0 ? [...targets, ...targets.map(({ workload }) => ({ port, workload }))] : [{ port }];
}

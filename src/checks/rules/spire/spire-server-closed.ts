import { containersOf } from '../../../model/kubernetes/containers';
import { admits, hasOtherPolicies, ingressPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { servicesOf } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObjects } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServerClosed: Rule = {
  id: 'SPIRE-SERVER-CLOSED',
  level: Level.ERROR,
  title: 'NetworkPolicies close the port that agents call',
  why: 'no agent attests or renews: nodes lose their identities when the SVIDs run out',
  fix: 'let the agents (the addresses of the nodes, where they are on the network of the node) reach bind_port of the server',
  source: 'Kubernetes NetworkPolicy; doc/spire_server.md',
  check: (system, report) => {
    if (hasOtherPolicies(system)) return;
    const configured = system.servers.flatMap(({ workload, config }) => workload ? [{ workload, port: config?.server.int('bind_port') ?? 8081 }] : []);
    const seen = new Set(configured.map(({ workload }) => workload));
    const others = [...new Set(containersOf(system, /(^|\/)spire-server[:@]/).map(({ workload }) => workload))]
      .filter(workload => !seen.has(workload) && ['StatefulSet', 'Deployment'].includes(workload.manifest.kind)).map(workload => ({ workload, port: 8081 }));
    for (const { workload, port } of [...configured, ...others]) {
      if (workload.pod.hostNetwork === true) continue;
      const policies = ingressPolicies(system, workload);
      if (policies.length > 0 && !policies.some(policy => asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, workload)))) {
        report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${port} of ${workload.namespace}/${workload.name}`);
        continue;
      }
      const refused = refusedAgent(system, workload, policies, port);
      if (refused) report.at(policies[0], ['spec', 'ingress'], `no policy lets ${refused.namespace}/${refused.name} reach port ${port} of ${workload.namespace}/${workload.name}`);
    }
  },
};

/** The agents that call the Services before a server; those on the network of their node have no labels. */
function agentsOf(system: System, server: Workload): Workload[] {
  const services = servicesOf(system, server).map(({ name, namespace }) => `${name}.${namespace}`);
  return system.agents.flatMap(({ workload, config }) => {
    const [name, namespace = workload?.namespace] = (config?.agent.text('server_address') ?? '').split('.');
    return workload && workload.pod.hostNetwork !== true && services.includes(`${name}.${namespace}`) ? [workload] : [];
  });
}

/** An agent that no policy of its server lets in. */
function refusedAgent(system: System, server: Workload, policies: Manifest[], port: number): Workload | undefined {
  const agents = policies.length > 0 ? agentsOf(system, server) : [];
  return agents.find(agent => !policies.some(policy => admits(system, policy, agent, server, port)));
}

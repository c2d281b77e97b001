import { hasOtherPolicies, ingressPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { asObjects } from '../../../model/manifest';
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
    const others = system.workloads.filter(workload => !seen.has(workload) && workload.containers.some(({ image }) => /(^|\/)spire-server[:@]/.test(image)))
      .filter(({ manifest }) => ['StatefulSet', 'Deployment'].includes(manifest.kind)).map(workload => ({ workload, port: 8081 }));
    for (const { workload, port } of [...configured, ...others]) {
      if (workload.pod.hostNetwork === true) continue;
      const policies = ingressPolicies(system, workload);
      if (policies.length > 0 && !policies.some(policy => asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, workload)))) {
        report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${port} of ${workload.namespace}/${workload.name}`);
      }
    }
  },
};

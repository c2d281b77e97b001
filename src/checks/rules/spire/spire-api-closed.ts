import { egressPolicies, hasOtherPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { asObjects } from '../../../model/manifest';
import { apiCallerOf } from '../../../model/spire/api-callers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** What API servers listen on: behind its Service at 443 that is mostly 6443, or 8443 or 16443 in small clusters. */
const PORTS = [443, 6443, 8443, 16443];

export const spireApiClosed: Rule = {
  id: 'SPIRE-API-CLOSED',
  level: Level.WARNING,
  title: 'NetworkPolicies keep the server from the API server',
  why: 'no token of an agent is reviewed, no bundle published, and no ClusterSPIFFEID read',
  fix: 'let the server reach port 443, and the port that the API server listens on, such as 6443',
  source: 'Kubernetes NetworkPolicy; doc/plugin_server_nodeattestor_k8s_psat.md',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const server of system.servers) {
      const { workload } = server;
      const policies = workload && workload.pod.hostNetwork !== true ? egressPolicies(system, workload) : [];
      const caller = policies.length > 0 ? apiCallerOf(system, server) : undefined;
      const rules = policies.flatMap(policy => asObjects(policy.spec.egress));
      const isNamed = rules.some(rule => asObjects(rule.ports).some(({ port }) => typeof port === 'string'));
      if (caller === undefined || isNamed || rules.some(rule => PORTS.some(port => opensPort(rule, port)))) continue;
      report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name}, whose ${caller} calls the API server, reach any of the ports ${PORTS.join(', ')}`);
    }
  },
};

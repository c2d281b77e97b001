import { egressPolicies, hasOtherPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { asObjects } from '../../../model/manifest';
import { Server } from '../../../model/spire/discovery';
import { managerWorkloads } from '../../../model/spire/managers';
import { pluginsOf, psatClusters } from '../../../model/spire/queries';
import { System } from '../../../model/system';
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
      const caller = policies.length > 0 ? callerOf(system, server) : undefined;
      const rules = policies.flatMap(policy => asObjects(policy.spec.egress));
      const isNamed = rules.some(rule => asObjects(rule.ports).some(({ port }) => typeof port === 'string'));
      if (caller === undefined || isNamed || rules.some(rule => PORTS.some(port => opensPort(rule, port)))) continue;
      report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name}, whose ${caller} calls the API server, reach any of the ports ${PORTS.join(', ')}`);
    }
  },
};

/** What in the pod of a server calls the API server of its own cluster. */
function callerOf(system: System, server: Server): string | undefined {
  if ([...psatClusters(server).values()].some(cluster => cluster.text('kube_config_file') === '')) return 'k8s_psat';
  if (pluginsOf(server, 'Notifier', 'k8sbundle').some(({ config }) => config.text('kube_config_file_path') === '')) return 'k8sbundle';
  return managerWorkloads(system).some(workload => workload === server.workload) ? 'controller manager' : undefined;
}

import { Agent, Server } from './discovery';
import { managerWorkloads } from './managers';
import { pluginsOf, psatClusters } from './queries';
import { System } from '../system';

/** What in the pod of a server calls the API server of its own cluster. */
export function apiCallerOf(system: System, server: Server): string | undefined {
  if ([...psatClusters(server).values()].some(cluster => cluster.text('kube_config_file') === '')) return 'k8s_psat';
  if (pluginsOf(server, 'Notifier', 'k8sbundle').some(({ config }) => config.text('kube_config_file_path') === '')) return 'k8sbundle';
  return managerWorkloads(system).some(workload => workload === server.workload) ? 'controller manager' : undefined;
}

/** What in an agent shows the kubelet the token of its pod. */
export function kubeletCallerOf(agent: Agent): string | undefined {
  const asks = pluginsOf(agent, 'WorkloadAttestor', 'k8s').some(({ config }) => !['disable_kubelet_client', 'use_anonymous_authentication'].some(key => config.bool(key))
    && !['kubelet_read_only_port', 'certificate_path'].some(key => config.has(key)) && /^$|^\/var\/run\/secrets\/kubernetes\.io\/serviceaccount\//.test(config.text('token_path')));
  return asks ? 'WorkloadAttestor "k8s"' : undefined;
}

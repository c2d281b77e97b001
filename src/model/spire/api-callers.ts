import { Agent, Server } from './discovery';
import { isStatic, managerContainers, managerWorkloads, managersOf } from './managers';
import { pluginsOf, psatClusters } from './queries';
import { mayHave } from './variables';
import { Block } from '../../formats/hcl/reader';
import { Container, Workload } from '../kubernetes/workload';
import { System } from '../system';

/** What in the pod of a server calls the API server of its own cluster. */
export function apiCallerOf(system: System, server: Server): string | undefined {
  if ([...psatClusters(server).values()].some(cluster => cluster.text('kube_config_file') === '')) return 'k8s_psat';
  if (pluginsOf(server, 'Notifier', 'k8sbundle').some(({ config }) => isOwnCluster(config))) return 'k8sbundle';
  const manager = managerWorkloads(system).find(workload => workload === server.workload);
  if (!manager || managersOf(system, manager).some(isStatic)) return undefined;
  return managerContainers(manager).some(container => hasKubeConfig(system, manager, container)) ? undefined : MANAGER;
}

/** What a controller manager is called, which has a container of its own. */
export const MANAGER = 'controller manager';

/** With other clusters named, its own is not meant where nothing is said of it. */
function isOwnCluster(config: Block): boolean {
  const isNamed = ['namespace', 'config_map', 'config_map_key', 'webhook_label', 'api_service_label'].some(key => config.has(key));
  return config.text('kube_config_file_path') === '' && (isNamed || !config.has('clusters'));
}

function hasKubeConfig(system: System, workload: Workload, container: Container): boolean {
  return container.args.some(arg => /kubeconfig/.test(arg)) || mayHave(system, workload, container, 'KUBECONFIG');
}

/** What in an agent shows the kubelet the token of its pod. */
export function kubeletCallerOf(agent: Agent): string | undefined {
  const asks = pluginsOf(agent, 'WorkloadAttestor', 'k8s').some(({ config }) => !['disable_kubelet_client', 'use_anonymous_authentication'].some(key => config.bool(key))
    && !['kubelet_read_only_port', 'certificate_path'].some(key => config.has(key)) && /^$|^\/var\/run\/secrets\/kubernetes\.io\/serviceaccount\//.test(config.text('token_path')));
  return asks ? 'WorkloadAttestor "k8s"' : undefined;
}

import { Server } from './discovery';
import { pluginsOf } from './queries';
import { once } from '../once';
import { System } from '../system';

/** A ConfigMap that a server writes its bundle into. */
export interface PublishedBundle {
  readonly server: Server;
  readonly line: number;
  /** What the publisher calls the cluster, mostly as k8s_psat does. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  readonly format: string;
  /** Whether it is in another cluster, reached with a kubeconfig. */
  readonly remote: boolean;
  readonly notifier: boolean;
}

/** Where the servers of a system publish their bundles. */
export const publishedBundles = once((system: System): PublishedBundle[] =>
  system.servers.flatMap(server => [...fromPublishers(server), ...fromNotifiers(server)]));

function fromPublishers(server: Server): PublishedBundle[] {
  return pluginsOf(server, 'BundlePublisher', 'k8s_configmap').flatMap(plugin => [...plugin.config.map('clusters')].map(([name, cluster]) => ({
    server,
    cluster: name,
    line: cluster.at('namespace').line,
    namespace: cluster.text('namespace'),
    name: cluster.text('configmap_name'),
    key: cluster.text('configmap_key'),
    format: cluster.text('format').toLowerCase(),
    remote: cluster.text('kubeconfig_path') !== '',
    notifier: false,
  })));
}

function fromNotifiers(server: Server): PublishedBundle[] {
  return pluginsOf(server, 'Notifier', 'k8sbundle').map(({ config, position }) => ({
    server,
    cluster: '',
    line: config.has('namespace') ? config.at('namespace').line : position.line,
    namespace: config.text('namespace') || 'spire',
    name: config.text('config_map') || 'spire-bundle',
    key: config.text('config_map_key') || 'bundle.crt',
    format: 'pem',
    remote: config.text('kube_config_file_path') !== '',
    notifier: true,
  }));
}

import { clusterSpiffeIds, staticEntries } from './entries';
import { isUnknown, pluginsOf, psatClusters } from './queries';
import { Block } from '../../formats/hcl/reader';
import { Manifest, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** What the server above others has for them, by what one of them asks for: each would else look at what all of them have. */
export interface Root {
  readonly hasEntries: boolean;
  /** Entries that let a server sign. */
  readonly downstream: readonly Manifest[];
  readonly downstreamByParent: ReadonlyMap<string, Manifest[]>;
  /** Node aliases by the cluster they are for; that of an alias for any cluster is empty. */
  readonly aliases: ReadonlyMap<string, Manifest[]>;
  /** The clusters whose agents it attests. */
  readonly clusters: ReadonlyMap<string, Block>;
  readonly hasUnknownCluster: boolean;
  /** Where it publishes its bundle, by the kubeconfig of the cluster. */
  readonly publishers: ReadonlyMap<string, Block[]>;
}

export const readRoot = once((root: System): Root => {
  const entries = [...staticEntries(root), ...clusterSpiffeIds(root)];
  const downstream = entries.filter(({ spec }) => spec.downstream === true);
  const clusters = root.servers.flatMap(server => [...psatClusters(server)]);
  const publishers = root.servers.flatMap(server => pluginsOf(server, 'BundlePublisher', 'k8s_configmap')).flatMap(({ config }) => [...config.map('clusters').values()]);
  return {
    hasEntries: entries.length > 0,
    downstream,
    downstreamByParent: grouped(downstream, ({ spec }) => asText(spec.parentID)),
    aliases: grouped(staticEntries(root).filter(({ spec }) => asText(spec.parentID).endsWith('/spire/server')), clusterOfAlias),
    clusters: new Map(clusters),
    hasUnknownCluster: clusters.some(([name]) => isUnknown(name)),
    publishers: grouped(publishers, config => config.text('kubeconfig_path')),
  };
});

function clusterOfAlias({ spec }: Manifest): string {
  const selector = asTexts(spec.selectors).find(text => text.startsWith('k8s_psat:cluster:'));
  return selector === undefined ? '' : selector.slice('k8s_psat:cluster:'.length);
}

function grouped<V>(values: readonly V[], keyOf: (value: V) => string): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

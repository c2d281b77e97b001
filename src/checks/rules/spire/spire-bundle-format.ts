import { asObjects, asText } from '../../../model/manifest';
import { PublishedBundle, publishedBundles } from '../../../model/spire/bundles';
import { Agent } from '../../../model/spire/discovery';
import { isUnknown, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleFormat: Rule = {
  id: 'SPIRE-BUNDLE-FORMAT',
  level: Level.ERROR,
  title: 'the agents read the bundle in another format or under another name than it is published',
  why: 'the agent finds no file, or "no PEM blocks" in it, and never starts',
  fix: 'make trust_bundle_format and the file name those of the publisher',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      const path = config?.text('trust_bundle_path') ?? '';
      if (!config || !agent.workload || path === '' || isUnknown(path)) continue;
      const volume = volumeAt(agent, path);
      const name = asText(volume?.configMap?.name);
      const bundles = bundlesFor(system, agent, name);
      if (bundles.length === 0) continue;
      const base = path.slice(path.lastIndexOf('/') + 1);
      const items = asObjects(volume?.configMap?.items);
      const item = items.find(one => asText(one.path) === base);
      if (items.length > 0 && !item) {
        report.in(agent.text, config.at('trust_bundle_path').line, `trust_bundle_path ends in "${base}", the volume has ${items.map(one => asText(one.path)).join(', ')}`);
        continue;
      }
      const file = item ? asText(item.key) : base;
      const bundle = bundles.find(candidate => candidate.key === file);
      const format = config.text('trust_bundle_format') || 'pem';
      if (!bundle) report.in(agent.text, config.at('trust_bundle_path').line, `the agent reads key "${file}" of ${name}, the bundle is published as "${bundles[0].key}"`);
      else if (bundle.format !== format) report.in(agent.text, config.at('trust_bundle_path').line, `the agent reads "${file}" as ${format}, it is published as ${bundle.format}`);
    }
  },
};

/** What is published into the ConfigMap of an agent, in its own cluster or else from another one. */
function bundlesFor(system: System, agent: Agent, name: string): PublishedBundle[] {
  const isIts = (bundle: PublishedBundle): boolean => bundle.name === name && bundle.namespace === agent.workload!.namespace;
  const near = publishedBundles(system).filter(isIts);
  if (near.length > 0 || name === '') return near;
  const far = system.clusters.filter(other => other !== system)
    .flatMap(other => publishedBundles(other).filter(bundle => bundle.remote && isIts(bundle)));
  const cluster = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster') ?? '';
  const named = far.filter(bundle => bundle.cluster === cluster);
  return named.length > 0 ? named : far;
}

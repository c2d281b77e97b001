import { asObjects, asText } from '../../../model/manifest';
import { publishedBundles } from '../../../model/spire/bundles';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
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
      const bundles = publishedBundles(system).filter(bundle => bundle.name === name && bundle.namespace === agent.workload!.namespace);
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

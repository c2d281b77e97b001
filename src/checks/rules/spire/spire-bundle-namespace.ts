import { asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { publishedBundles } from '../../../model/spire/bundles';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleNamespace: Rule = {
  id: 'SPIRE-BUNDLE-NAMESPACE',
  level: Level.ERROR,
  title: 'the bundle is published where the agents do not look',
  why: 'pods mount ConfigMaps of their own namespace only: the agents have no bundle and never start',
  fix: 'publish into the namespace of the agents',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    const spaces = new Set(agentsOfServers(system).map(agent => agent.workload?.namespace ?? agent.text.manifest?.namespace ?? '').filter(name => name !== ''));
    if (spaces.size === 0) return;
    for (const bundle of publishedBundles(system)) {
      if (bundle.namespace === '' || bundle.remote || spaces.has(bundle.namespace)) continue;
      if (publishedBundles(system).some(other => spaces.has(other.namespace))) continue;
      report.in(bundle.server.text, bundle.line, `the bundle goes to ${bundle.namespace}/${bundle.name}, the agents are in ${[...spaces].join(', ')}`);
    }
    for (const agent of agentsOfServers(system)) {
      for (const volume of agent.workload?.volumes ?? []) {
        const name = asText(volume.configMap?.name);
        const elsewhere = publishedBundles(system).filter(bundle => bundle.name === name);
        if (name === '' || elsewhere.length === 0 || elsewhere.some(bundle => bundle.namespace === agent.workload!.namespace)) continue;
        report.at(agent.workload!.manifest, agent.workload!.at('spec', 'volumes'), `ConfigMap ${name} is published into ${elsewhere[0].namespace}, not ${agent.workload!.namespace}`);
      }
    }
  },
};

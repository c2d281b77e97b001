import { asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { publishedBundles } from '../../../model/spire/bundles';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleName: Rule = {
  id: 'SPIRE-BUNDLE-NAME',
  level: Level.ERROR,
  title: 'the agents mount a bundle that nobody publishes',
  why: 'the ConfigMap is not there: the pods of the agent stay in ContainerCreating',
  fix: 'publish into the ConfigMap that the agents mount',
  source: 'doc/plugin_server_bundlepublisher_k8s_configmap.md',
  check: (system, report) => {
    const bundles = publishedBundles(system);
    if (bundles.length === 0) return;
    for (const agent of agentsOfServers(system)) {
      const path = agent.config?.agent.text('trust_bundle_path') ?? '';
      const name = asText(path === '' || isUnknown(path) ? '' : volumeAt(agent, path)?.configMap?.name);
      if (name === '' || bundles.some(bundle => bundle.name === name) || system.find('ConfigMap', agent.workload!.namespace, name)?.value.data) continue;
      report.at(agent.workload!.manifest, agent.workload!.at('spec', 'volumes'), `ConfigMap ${name} is published by nobody; the server writes ${bundles.map(bundle => bundle.name).join(', ')}`);
    }
  },
};

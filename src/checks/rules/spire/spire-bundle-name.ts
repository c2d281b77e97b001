import { mayDo } from '../../../model/kubernetes/rbac';
import { asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { publishedBundles } from '../../../model/spire/bundles';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
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
    for (const agent of agentsOfServers(system)) {
      const path = agent.config?.agent.text('trust_bundle_path') ?? '';
      const secret = asText(path === '' || isUnknown(path) ? '' : volumeAt(agent, path)?.secret?.secretName);
      if (secret !== '' && bundles.some(bundle => bundle.name === secret && !bundle.remote) && !system.find('Secret', agent.workload!.namespace, secret)) {
        report.at(agent.workload!.manifest, agent.workload!.at('spec', 'volumes'), `the bundle is mounted out of Secret ${secret}, and published into a ConfigMap of that name`, 'mount the ConfigMap');
      }
      const name = asText(path === '' || isUnknown(path) ? '' : volumeAt(agent, path)?.configMap?.name);
      if (name === '' || bundles.some(bundle => bundle.name === name) || system.find('ConfigMap', agent.workload!.namespace, name)?.value.data) continue;
      const written = bundles.map(bundle => bundle.name).join(', ');
      // without a publisher somebody may bring the bundle by hand
      if (written === '' && !mayPublish(system, agent.workload!.namespace, name)) continue;
      report.at(agent.workload!.manifest, agent.workload!.at('spec', 'volumes'), `ConfigMap ${name} is published by nobody; the server ${written === '' ? 'may write it, and has no BundlePublisher' : `writes ${written}`}`);
    }
  },
};

/** Whether a server of the input has the right to write a ConfigMap, which nothing else of it needs. */
function mayPublish(system: System, namespace: string, name: string): boolean {
  const right = { group: '', resource: 'configmaps', verb: 'patch', namespace, name };
  return system.servers.every(({ config, problems }) => config !== undefined && !problems.refused)
    && system.servers.some(({ workload }) => workload && workload.containers.length <= 2 && mayDo(system, workload, right) === true);
}

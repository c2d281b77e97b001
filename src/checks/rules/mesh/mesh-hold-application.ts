import { asObject } from '../../../model/manifest';
import { spireChart } from '../../../model/spire/charts';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshHoldApplication: Rule = {
  id: 'MESH-HOLD-APPLICATION',
  level: Level.ERROR,
  title: 'pods wait for a proxy that waits for the pods',
  why: 'the agent cannot see the container before it has started, so a proxy that holds the application is never attested',
  fix: 'set disable_container_selectors = true in the agent\'s k8s attestor',
  source: 'doc/plugin_agent_workloadattestor_k8s.md; spire issue 3092',
  check: (system, report) => {
    const attestors = system.agents.flatMap(agent => pluginsOf(agent, 'WorkloadAttestor', 'k8s').map(plugin => ({ agent, plugin })));
    const open = attestors.filter(({ plugin }) => !plugin.config.bool('disable_container_selectors'));
    if (open.length === 0 && spireChart(system)?.needsContainers !== true) return;
    for (const mesh of system.meshes) {
      const inConfig = asObject(mesh.config.value.defaultConfig).holdApplicationUntilProxyStarts === true;
      const inValues = asObject(asObject(mesh.values.value.global).proxy).holdApplicationUntilProxyStarts === true;
      if (!inConfig && !inValues) continue;
      const path = inConfig ? [...mesh.config.path, 'defaultConfig', 'holdApplicationUntilProxyStarts'] : [...mesh.values.path, 'global', 'proxy', 'holdApplicationUntilProxyStarts'];
      report.at(mesh.manifest, path, 'holdApplicationUntilProxyStarts, and the agents need container selectors');
    }
    for (const workload of system.workloads) {
      if (/holdApplicationUntilProxyStarts["']?\s*:\s*true/.test(workload.annotations['proxy.istio.io/config'] ?? '')) {
        report.at(workload.manifest, workload.at('metadata', 'annotations', 'proxy.istio.io/config'), 'holdApplicationUntilProxyStarts, and the agents need container selectors');
      }
    }
  },
};

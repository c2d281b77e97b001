import { asTexts } from '../../../model/manifest';
import { agentsOfNodes } from '../../../model/spire/agents';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdContainerSelector: Rule = {
  id: 'SPIRE-ID-CONTAINER-SELECTOR',
  level: Level.ERROR,
  title: 'an identity hangs on a container, and the agents do not look at containers',
  why: 'with disable_container_selectors no workload has a selector k8s:container-*: the entry never matches, and the pod has no identity',
  fix: 'remove the selector, or disable_container_selectors',
  source: 'doc/plugin_agent_workloadattestor_k8s.md',
  check: (system, report) => {
    const attestors = agentsOfNodes(system).flatMap(agent => pluginsOf(agent, 'WorkloadAttestor', 'k8s'));
    if (attestors.length === 0 || !attestors.every(({ config }) => config.bool('disable_container_selectors'))) return;
    for (const id of clusterSpiffeIds(system)) {
      asTexts(id.spec.workloadSelectorTemplates).forEach((selector, i) => {
        if (/^k8s:container-/.test(selector)) report.at(id, ['spec', 'workloadSelectorTemplates', i], `no agent gives ${selector}`);
      });
    }
  },
};

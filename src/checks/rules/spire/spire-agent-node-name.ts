import { asObject, asObjects, asText } from '../../../model/manifest';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentNodeName: Rule = {
  id: 'SPIRE-AGENT-NODE-NAME',
  level: Level.ERROR,
  title: 'the agent does not know which kubelet to ask',
  why: 'without a node name it asks localhost, which is the pod itself without hostNetwork',
  fix: 'set MY_NODE_NAME from spec.nodeName, or hostNetwork: true',
  source: 'pkg/agent/plugin/workloadattestor/k8s/k8s.go',
  check: (system, report) => {
    for (const agent of system.agents) {
      const attestor = pluginsOf(agent, 'WorkloadAttestor', 'k8s')[0]?.config;
      if (!agent.workload || !agent.container || !attestor || agent.workload.pod.hostNetwork === true || attestor.bool('disable_kubelet_client')) continue;
      const variable = attestor.text('node_name_env') || 'MY_NODE_NAME';
      const given = asObjects(agent.container.value.env).some(env => env.name === variable) || asObjects(agent.container.value.envFrom).length > 0;
      const field = asText(asObject(asObject(asObjects(agent.container.value.env).find(env => env.name === variable)?.valueFrom).fieldRef).fieldPath);
      if (attestor.text('node_name') === '' && OF_POD.test(field)) report.at(agent.workload.manifest, [...agent.container.path, 'env'], `${variable} is ${field}, which is the pod and not its node`);
      if (attestor.text('node_name') === '' && !given) report.at(agent.workload.manifest, [...agent.container.path, 'env'], `there is no variable ${variable}, and the pod has its own network`);
    }
  },
};

const OF_POD = /^(metadata\.(name|namespace|uid)|status\.podIPs?|spec\.serviceAccountName)$/;

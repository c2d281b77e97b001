import { agentSecrets } from '../../../model/envoy';
import { asObjects } from '../../../model/manifest';
import { wantsSpire } from '../../../model/mesh/injection';
import { usesSpire } from '../../../model/mesh/mesh';
import { agentsOfNodes } from '../../../model/spire/agents';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireApiOff: Rule = {
  id: 'SPIRE-API-OFF',
  level: Level.ERROR,
  title: 'the agents switch off what workloads ask them',
  why: 'the agent does not serve it: no identity comes, and who asks for it waits or stops',
  fix: 'remove disable_sds_api where proxies take their certificates from SPIRE, and disable_workload_api where programs do',
  source: 'doc/spire_agent.md',
  check: (system, report) => {
    const off = agentsOfNodes(system).flatMap(agent => (agent.config ? [{ text: agent.text, config: agent.config.agent }] : []));
    for (const [key, callerOf] of [['disable_sds_api', proxy], ['disable_workload_api', program]] as const) {
      const agents = off.filter(({ config }) => config.bool(key));
      const caller = agents.length > 0 ? callerOf(system) : undefined;
      for (const { text, config } of caller === undefined ? [] : agents) report.in(text, config.at(key).line, `${key} = true, and ${caller}`);
    }
  },
};

function proxy(system: System): string | undefined {
  const workload = system.workloads.find(one => wantsSpire(system, one));
  if (workload) return `the proxy of ${workload.namespace}/${workload.name} takes its certificate over SDS`;
  if (system.meshes.some(usesSpire)) return 'the proxies of the mesh take their certificates over SDS';
  return system.envoys.some(envoy => agentSecrets(envoy).length > 0) ? 'an Envoy takes its certificate over SDS' : undefined;
}

function program(system: System): string | undefined {
  if (system.oidcProviders.some(({ config }) => config?.file.has('workload_api'))) return 'the OIDC discovery provider asks the Workload API';
  if (system.helpers.some(({ workload }) => workload)) return 'spiffe-helper asks the Workload API';
  const workload = system.workloads.find(({ containers }) => containers.some(({ value }) => asObjects(value.env).some(({ name }) => name === 'SPIFFE_ENDPOINT_SOCKET')));
  return workload && `${workload.namespace}/${workload.name} asks the Workload API`;
}

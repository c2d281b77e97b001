import { servicesOf } from '../../../model/kubernetes/service';
import { agentsOfServers } from '../../../model/spire/agents';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServerService: Rule = {
  id: 'SPIRE-SERVER-SERVICE',
  level: Level.WARNING,
  title: 'agents call the SPIRE server by a name, and no Service has it',
  why: 'the name does not resolve: the agents try for ever',
  fix: 'add a Service with this name that selects the server\'s pods',
  source: 'SPIRE doc/spire_agent.md: server_address',
  check: (system, report) => {
    for (const agent of agentsOfServers(system)) {
      const config = agent.config?.agent;
      const address = config?.text('server_address') ?? '';
      const [name, given, kind] = address.split('.');
      const namespace = given ?? agent.workload?.namespace ?? '';
      if (!config || address === '' || isUnknown(address) || (kind !== undefined && kind !== 'svc')) continue;
      const server = system.servers.find(({ workload }) => workload?.namespace === namespace)?.workload;
      // SPIRE-SERVER-ADDRESS tells where other Services are in the namespace
      if (!server || servicesOf(system, server).length > 0 || system.all('Service').some(service => service.namespace === namespace)) continue;
      report.in(agent.text, config.at('server_address').line, `there is no Service ${name} in namespace ${namespace}, where ${server.manifest.kind} ${server.name} is`);
    }
  },
};

import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireClusterLocal: Rule = {
  id: 'SPIRE-CLUSTER-LOCAL',
  level: Level.WARNING,
  title: 'the trust domain is cluster.local',
  why: 'Istio takes cluster.local in principals for whatever domain it has, and two such meshes can never federate',
  fix: 'use a domain of your organisation, such as prod.example.org',
  source: 'istio pilot/pkg/security/trustdomain/bundle.go',
  check: (system, report) => {
    for (const server of system.servers) {
      const config = server.config?.server;
      if (config?.text('trust_domain') === 'cluster.local') report.in(server.text, config.at('trust_domain').line, 'trust_domain is "cluster.local"');
    }
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      if (config?.text('trust_domain') === 'cluster.local') report.in(agent.text, config.at('trust_domain').line, 'trust_domain is "cluster.local"');
    }
  },
};

import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireInsecureBootstrap: Rule = {
  id: 'SPIRE-INSECURE-BOOTSTRAP',
  level: Level.WARNING,
  title: 'the agent believes the first server it meets',
  why: 'whoever answers first can pose as the SPIRE server',
  fix: 'use trust_bundle_path with the published bundle',
  source: 'cmd/spire-agent/cli/run/run.go',
  check: (system, report) => {
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      if (config?.bool('insecure_bootstrap')) report.in(agent.text, config.at('insecure_bootstrap').line, 'insecure_bootstrap = true');
    }
  },
};

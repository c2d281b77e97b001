import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireDelegates: Rule = {
  id: 'SPIRE-DELEGATES',
  level: Level.WARNING,
  title: 'there are delegates and no admin socket for them',
  why: 'the Delegated Identity API is served on the admin socket only',
  fix: 'set admin_socket_path',
  source: 'doc/spire_agent.md',
  check: (system, report) => {
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      if (config && config.texts('authorized_delegates').length > 0 && config.text('admin_socket_path') === '') {
        report.in(agent.text, config.at('authorized_delegates').line, 'authorized_delegates without admin_socket_path');
      }
    }
  },
};

import { formatDuration, parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAvailability: Rule = {
  id: 'SPIRE-AVAILABILITY',
  level: Level.WARNING,
  title: 'SVIDs are too short for the availability target',
  why: 'the target needs a lifetime of 12h more; shorter SVIDs are renewed at half of their life as if there were no target',
  fix: 'raise default_x509_svid_ttl or lower availability_target',
  source: 'doc/spire_agent.md',
  check: (system, report) => {
    for (const agent of system.agents) {
      const config = agent.config?.agent;
      const target = parseDuration(config?.text('availability_target') ?? '');
      for (const server of target === undefined ? [] : system.servers) {
        const ttl = parseDuration(server.config?.server.text('default_x509_svid_ttl') || '1h') ?? Infinity;
        if (ttl < target! + 12 * 3600) report.in(agent.text, config!.at('availability_target').line, `availability_target ${formatDuration(target!)} needs SVIDs of ${formatDuration(target! + 12 * 3600)}, they have ${formatDuration(ttl)}`);
      }
    }
  },
};

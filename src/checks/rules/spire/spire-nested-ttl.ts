import { clustersWith } from '../../../model/clusters';
import { Server } from '../../../model/spire/discovery';
import { trustDomains } from '../../../model/spire/entries';
import { pluginsOf } from '../../../model/spire/queries';
import { formatDuration, maxSvidTtl, parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNestedTtl: Rule = {
  id: 'SPIRE-NESTED-TTL',
  level: Level.WARNING,
  title: 'a nested server wants a longer CA than the server above it can give',
  why: 'its CA ends with that of the server above, and so do all its SVIDs, at once',
  fix: 'raise ca_ttl above, or lower it here, to one sixth or less',
  source: 'spire issues 7199, 6178; pkg/server/ca/manager',
  check: (system, report) => {
    const isNested = (server: Server): boolean => pluginsOf(server, 'UpstreamAuthority', 'spire').length > 0;
    const nested = system.servers.filter(isNested);
    const names = nested.length > 0 ? trustDomains(system) : [];
    const above = names.flatMap(name => clustersWith(system, name))
      .flatMap(other => other.servers).filter(server => server.config && !isNested(server));
    if (above.length === 0) return;
    const limit = Math.max(...above.map(server => maxSvidTtl(ttlOf(server))));
    for (const server of nested) {
      const line = server.config!.server.at('ca_ttl').line;
      if (ttlOf(server) > limit) report.in(server.text, line, `ca_ttl is ${formatDuration(ttlOf(server))}, one sixth of that above is ${formatDuration(limit)}`);
    }
  },
};

function ttlOf(server: Server): number {
  return parseDuration(server.config?.server.text('ca_ttl') || '24h') ?? 24 * 3600;
}

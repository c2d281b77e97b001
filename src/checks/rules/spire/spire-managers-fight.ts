import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagersFight: Rule = {
  id: 'SPIRE-MANAGERS-FIGHT',
  level: Level.ERROR,
  title: 'two controller managers share a server without prefixes',
  why: 'each deletes the entries of the other, again and again',
  fix: 'give each its own entryIDPrefix',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const bare = system.managers.filter(manager => asText(manager.value.entryIDPrefix) === '');
    for (const manager of bare) {
      const same = (field: string) => system.managers.filter(other => asText(other.value[field]) === asText(manager.value[field]));
      const others = same('spireServerSocketPath').filter(other => other !== manager && same('trustDomain').includes(other));
      if (others.length > 0 && system.servers.length < system.managers.length) report.at(manager, [], 'there are several controller managers and this one has no entryIDPrefix');
    }
  },
};

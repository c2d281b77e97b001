import { isFilledIn } from '../../../model/filled-in';
import { asText } from '../../../model/manifest';
import { staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireParentUnknown: Rule = {
  id: 'SPIRE-PARENT-UNKNOWN',
  level: Level.WARNING,
  title: 'an entry hangs below an identity that no entry gives',
  why: 'an agent gets only what hangs below its own ID or below an alias of it: no workload gets this identity',
  fix: 'use the spiffeID of a node alias (an entry whose parentID is spiffe://<trust domain>/spire/server) as parentID',
  source: 'doc/registering.md',
  check: (system, report) => {
    const entries = staticEntries(system);
    const given = new Set(entries.map(({ spec }) => asText(spec.spiffeID)));
    // where there are no aliases at all, they are made elsewhere
    if (!entries.some(({ spec }) => asText(spec.parentID).endsWith('/spire/server'))) return;
    for (const entry of entries) {
      const parent = asText(entry.spec.parentID);
      if (parent !== '' && !/\/spire\/(server|agent\/.+)$/.test(parent) && !isFilledIn(parent) && !given.has(parent)) report.at(entry, ['spec', 'parentID'], `no entry has spiffeID ${parent}`);
    }
  },
};

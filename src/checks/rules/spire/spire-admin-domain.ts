import { trustDomains } from '../../../model/spire/entries';
import { partnerDomains } from '../../../model/spire/federating';
import { isUnknown } from '../../../model/spire/queries';
import { spiffeIdError, trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAdminDomain: Rule = {
  id: 'SPIRE-ADMIN-DOMAIN',
  level: Level.WARNING,
  title: 'an administrator is of a trust domain that the server does not federate with',
  why: 'the server has no bundle to verify its certificate with: the connection is refused',
  fix: 'use an ID of the own trust domain, or federate with the other one',
  source: 'doc/spire_server.md admin_ids',
  check: (system, report) => {
    // partners may stand in what cannot be read, or in values of the chart
    if (system.spireValues.length > 0 || system.servers.some(({ config }) => config === undefined)) return;
    const known = new Set([...trustDomains(system), ...partnerDomains(system)]);
    for (const { config, text } of system.servers) {
      const own = trustDomainName(config!.server.text('trust_domain'));
      for (const id of config!.server.texts('admin_ids')) {
        if (spiffeIdError(id) !== undefined || isUnknown(id + own) || own === '' || known.has(trustDomainName(id)) || trustDomainName(id) === own) continue;
        report.in(text, config!.server.at('admin_ids').line, `admin_ids has ${id}, and nothing brings the bundle of ${trustDomainName(id)}`);
      }
    }
  },
};

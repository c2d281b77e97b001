import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedOwnPartner: Rule = {
  id: 'FED-OWN-PARTNER',
  level: Level.WARNING,
  title: 'a server federates with its own trust domain',
  why: 'it puts what it fetches from there in place of its own bundle, at every refresh',
  fix: 'remove the own trust domain from federates_with',
  source: 'pkg/server/bundle/client/updater.go UpdateBundle',
  check: (system, report) => {
    for (const server of system.servers) {
      const config = server.config?.server;
      for (const [name, partner] of config?.block('federation')?.map('federates_with') ?? []) {
        if (trustDomainName(name) === trustDomainName(config!.text('trust_domain'))) report.in(server.text, partner.position.line, `federates_with "${name}" is the own trust domain`);
      }
    }
  },
};

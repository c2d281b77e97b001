import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireJwtOff: Rule = {
  id: 'SPIRE-JWT-OFF',
  level: Level.ERROR,
  title: 'JWT-SVIDs are switched off, and an OIDC discovery provider serves their keys',
  why: 'the server signs no token and has no key to publish: the provider answers 501',
  fix: 'remove disable_jwt_svids, or the provider',
  source: 'pkg/server/ca/manager; support/oidc-discovery-provider/handler.go',
  check: (system, report) => {
    if (system.oidcProviders.length === 0) return;
    const domains = system.oidcProviders.map(({ config }) => trustDomainName(config?.file.block('workload_api')?.text('trust_domain') ?? ''));
    for (const { config, text } of system.servers) {
      if (!config?.server.bool('disable_jwt_svids')) continue;
      // a provider that asks its own server says no trust domain
      const isServed = domains.includes(trustDomainName(config.server.text('trust_domain'))) || (system.servers.length === 1 && domains.includes(''));
      if (isServed) report.in(text, config.server.at('disable_jwt_svids').line, 'disable_jwt_svids = true, and an OIDC discovery provider is there');
    }
  },
};

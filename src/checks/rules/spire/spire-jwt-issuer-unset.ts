import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireJwtIssuerUnset: Rule = {
  id: 'SPIRE-JWT-ISSUER-UNSET',
  level: Level.WARNING,
  title: 'JWT-SVIDs have no issuer, and an OIDC discovery provider is there',
  why: 'without jwt_issuer a token has no iss claim, and verifiers refuse it',
  fix: 'set jwt_issuer in the server to the URL of the provider',
  source: 'pkg/server/credtemplate/builder.go',
  check: (system, report) => {
    const placed = system.servers.filter(({ workload }) => workload);
    // files beside a server of the cluster are for others
    const servers = placed.length > 0 ? placed : system.servers;
    for (const server of system.oidcProviders.length > 0 ? servers : []) {
      const config = server.config?.server;
      if (config && config.text('jwt_issuer') === '' && !config.bool('disable_jwt_svids')) report.in(server.text, server.config!.file.at('server').line, 'jwt_issuer is not set');
    }
  },
};

import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcKeyType: Rule = {
  id: 'SPIRE-OIDC-KEY-TYPE',
  level: Level.INFO,
  title: 'JWT-SVIDs are signed with an EC key',
  why: 'AWS and some other relying parties take RSA keys only',
  fix: 'set jwt_key_type = "rsa-2048" if such a party verifies them',
  source: 'spire-tutorials k8s/oidc-aws',
  check: (system, report) => {
    for (const server of system.oidcProviders.length > 0 ? system.servers : []) {
      const config = server.config?.server;
      const type = config?.text('jwt_key_type') || config?.text('ca_key_type') || 'ec-p256';
      if (config && type.toLowerCase().startsWith('ec-')) report.in(server.text, config.at(config.has('jwt_key_type') ? 'jwt_key_type' : 'ca_key_type').line, `JWT-SVIDs are signed with ${type}`);
    }
  },
};

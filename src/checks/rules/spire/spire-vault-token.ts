import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireVaultToken: Rule = {
  id: 'SPIRE-VAULT-TOKEN',
  level: Level.WARNING,
  title: 'SPIRE logs in to Vault with a fixed token',
  why: 'a long-lived token has to be kept, renewed and rotated by hand, and opens the CA to whoever has it',
  fix: 'use k8s_auth with a projected token',
  source: 'pkg/server/common/vault/configuration.go',
  check: (system, report) => {
    for (const server of system.servers) {
      for (const plugin of [...pluginsOf(server, 'UpstreamAuthority', 'vault'), ...pluginsOf(server, 'KeyManager', 'hashicorp_vault')]) {
        if (plugin.config.has('token_auth')) report.in(server.text, plugin.config.at('token_auth').line, `${plugin.type} "${plugin.name}" uses token_auth`);
      }
    }
  },
};

import { isUnknown, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireVaultPlain: Rule = {
  id: 'SPIRE-VAULT-PLAIN',
  level: Level.WARNING,
  title: 'a server calls Vault without TLS, or does not ask who answers',
  why: 'who sits between takes its token, and signs CAs of the trust domain with it',
  fix: 'give vault_addr with https://, and the CA of Vault in ca_cert_path',
  source: 'doc/plugin_server_upstreamauthority_vault.md',
  check: (system, report) => {
    for (const server of system.servers) {
      for (const { config } of [...pluginsOf(server, 'UpstreamAuthority', 'vault'), ...pluginsOf(server, 'KeyManager', 'hashicorp_vault')]) {
        const address = config.text('vault_addr');
        // an agent of Vault beside the server, or a sidecar, may add the TLS
        const isPlain = /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(address) && !isUnknown(address);
        if (isPlain) report.in(server.text, config.at('vault_addr').line, `vault_addr is ${address}`);
        if (config.bool('insecure_skip_verify')) report.in(server.text, config.at('insecure_skip_verify').line, 'insecure_skip_verify = true', 'give the CA of Vault in ca_cert_path, and remove insecure_skip_verify');
      }
    }
  },
};

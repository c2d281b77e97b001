import { asObjects } from '../../../model/manifest';
import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** Settings of Vault, by the block they are in, and the variables that win over them. */
const VARIABLES: [block: string, key: string, variable: string][] = [
  ['', 'vault_addr', 'VAULT_ADDR'],
  ['', 'namespace', 'VAULT_NAMESPACE'],
  ['', 'ca_cert_path', 'VAULT_CACERT'],
  ['token_auth', 'token', 'VAULT_TOKEN'],
  ['cert_auth', 'client_cert_path', 'VAULT_CLIENT_CERT'],
  ['cert_auth', 'client_key_path', 'VAULT_CLIENT_KEY'],
  ['approle_auth', 'approle_id', 'VAULT_APPROLE_ID'],
  ['approle_auth', 'approle_secret_id', 'VAULT_APPROLE_SECRET_ID'],
];

export const spireVaultEnv: Rule = {
  id: 'SPIRE-VAULT-ENV',
  level: Level.WARNING,
  title: 'a setting of Vault is in the configuration and in the environment',
  why: 'the variable of the container wins: what stands in the configuration has no effect',
  fix: 'keep one of the two',
  source: 'pkg/server/common/vault/configuration.go envOrDefault',
  check: (system, report) => {
    for (const server of system.servers) {
      for (const plugin of [...pluginsOf(server, 'UpstreamAuthority', 'vault'), ...pluginsOf(server, 'KeyManager', 'hashicorp_vault')]) {
        for (const [name, key, variable] of VARIABLES) {
          const block = name === '' ? plugin.config : plugin.config.block(name);
          const written = block?.text(key) ?? '';
          // what a whole ConfigMap or Secret brings is not known
          const isNamed = asObjects(server.container?.value.env).some(({ name: own }) => own === variable);
          if (written === '' || !isNamed || server.environment!.get(variable) === written) continue;
          report.in(server.text, block!.at(key).line, `${variable} of container ${server.container!.name} wins over ${key}`);
        }
      }
    }
  },
};

import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultSign: Rule = {
  id: 'OPS-VAULT-SIGN',
  level: Level.ERROR,
  title: 'a policy of Vault does not let SPIRE have its CA signed',
  why: 'the server asks with an update of sign-intermediate: Vault answers "permission denied", and the server does not start, or its CA runs out',
  fix: 'write capabilities = ["update"] for <mount>/root/sign-intermediate',
  source: 'doc/plugin_server_upstreamauthority_vault.md',
  check: (system, report) => {
    for (const policy of system.all('Policy').filter(({ group }) => group === 'redhatcop.redhat.io')) {
      for (const [, path, body] of asText(policy.spec.policy).matchAll(/path\s+"([^"]+\/root\/sign-intermediate)"\s*\{([^}]*)\}/g)) {
        const [, given] = /capabilities\s*=\s*\[([^\]]*)\]/.exec(body) ?? [];
        if (given !== undefined && !/"(update|sudo|deny)"/.test(given)) report.at(policy, ['spec', 'policy'], `the capabilities of ${path} are ${given.trim() || 'none'}`);
      }
    }
  },
};

import { asObject } from '../../../model/manifest';
import { Text } from '../../../model/text';
import { agentProblems, isAgentConfig } from '../../../model/vault/agent';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultAgent: Rule = {
  id: 'OPS-VAULT-AGENT',
  level: Level.ERROR,
  title: 'Vault Agent cannot log in as it is configured',
  why: 'it stops at once or asks Vault at a path that is no login, and what waits for its files waits for ever',
  fix: 'give auto_auth one method with its config and a mount_path that begins with auth/, and a sink or a template',
  source: 'vault command/agent/config/config.go, command/agentproxyshared/auth',
  check: (system, report) => {
    for (const map of system.all('ConfigMap')) {
      for (const [key, text] of Object.entries(asObject(map.value.data))) {
        if (typeof text !== 'string' || !isAgentConfig(text)) continue;
        for (const { line, message } of agentProblems(text)) report.in(new Text(map.file, text, map, ['data', key]), line, message);
      }
    }
  },
};

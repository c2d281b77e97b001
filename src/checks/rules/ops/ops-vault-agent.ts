import { isFilledIn } from '../../../model/filled-in';
import { agentProblems } from '../../../model/vault/agent';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultAgent: Rule = {
  id: 'OPS-VAULT-AGENT',
  level: Level.ERROR,
  title: 'Vault Agent cannot log in as it is configured',
  why: 'it stops at once or asks Vault at a path that is no login, and what waits for its files waits for ever',
  fix: 'give the method a role, a path that begins with auth/, and somebody who takes the token: a sink or a template',
  source: 'vault command/agent/config/config.go, command/agentproxyshared/auth; vault-k8s agent-inject/agent/agent.go',
  check: (system, report) => {
    for (const text of system.vaultAgents) {
      for (const { line, message } of agentProblems(text.text)) report.in(text, line, message);
    }
    for (const workload of system.workloads) {
      for (const [name, message] of annotationProblems(workload.annotations)) report.at(workload.manifest, workload.at('metadata', 'annotations', `${VAULT}/${name}`), message);
    }
  },
};

const VAULT = 'vault.hashicorp.com';

/** What the injector refuses or hands on to an agent that cannot use it, by the annotation. */
function annotationProblems(annotations: Record<string, string>): [string, string][] {
  const get = (name: string): string => annotations[`${VAULT}/${name}`] ?? '';
  if (get('agent-inject') !== 'true' || get('agent-configmap') !== '') return [];
  const problems: [string, string][] = [];
  const isKubernetes = ['', 'kubernetes'].includes(get('auth-type'));
  if (isKubernetes && get('role') === '' && get('auth-config-role') === '') problems.push(['agent-inject', `there is no ${VAULT}/role: the injector refuses the pod`]);
  const path = get('auth-path');
  if (path !== '' && !isFilledIn(path) && !/^\/?auth\//.test(path)) problems.push(['auth-path', `auth-path "${path}" is no path of a login: write "auth/${path.replace(/^\//, '')}"`]);
  return problems;
}

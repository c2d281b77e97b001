import { asText, asTexts } from '../../../model/manifest';
import { staticEntries } from '../../../model/spire/entries';
import { isUnknown, psatClusters } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNodeAlias: Rule = {
  id: 'SPIRE-NODE-ALIAS',
  level: Level.ERROR,
  title: 'a node alias is for agents that the server does not let in',
  why: 'no agent ever has these selectors, so no entry below the alias reaches a workload',
  fix: 'use a cluster and a service account of NodeAttestor "k8s_psat"',
  source: 'doc/plugin_server_nodeattestor_k8s_psat.md',
  check: (system, report) => {
    const known = system.servers.flatMap(server => [...psatClusters(server)]);
    if (known.length === 0 || known.some(([name, config]) => isUnknown(name) || config.texts('service_account_allow_list').some(isUnknown))) return;
    for (const entry of staticEntries(system).filter(({ spec }) => asText(spec.parentID).endsWith('/spire/server'))) {
      const selectors = asTexts(entry.spec.selectors);
      const [cluster, namespace, account] = ['cluster', 'agent_ns', 'agent_sa'].map(key => valueOf(selectors, key));
      const candidates = known.filter(([name]) => cluster === undefined || name === cluster);
      const accounts = candidates.flatMap(([, config]) => config.texts('service_account_allow_list'));
      if (cluster !== undefined && candidates.length === 0) {
        report.at(entry, ['spec', 'selectors'], `cluster "${cluster}" is none of ${known.map(([name]) => `"${name}"`).join(', ')}`);
      } else if (!accounts.some(one => isAccount(one, namespace, account))) {
        report.at(entry, ['spec', 'selectors'], `agents run as ${[...new Set(accounts)].join(', ') || 'nobody'}, the alias is for ${namespace ?? '*'}:${account ?? '*'}`);
      }
    }
  },
};

function valueOf(selectors: string[], key: string): string | undefined {
  return selectors.find(selector => selector.startsWith(`k8s_psat:${key}:`))?.slice(`k8s_psat:${key}:`.length);
}

function isAccount(allowed: string, namespace: string | undefined, account: string | undefined): boolean {
  const [ownNamespace, ownAccount] = allowed.split(':');
  return (namespace === undefined || namespace === ownNamespace) && (account === undefined || account === ownAccount);
}

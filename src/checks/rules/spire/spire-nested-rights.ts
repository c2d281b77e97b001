import { Account, accountsWithoutPods, bindingsFor, mayDo, Right } from '../../../model/kubernetes/rbac';
import { Agent } from '../../../model/spire/discovery';
import { nestedServers, rootOf } from '../../../model/spire/nested';
import { readRoot } from '../../../model/spire/nested-root';
import { pluginsOf } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNestedRights: Rule = {
  id: 'SPIRE-NESTED-RIGHTS',
  level: Level.WARNING,
  title: 'the account under which a root server looks at a nested cluster may not do what the root does there',
  why: 'the root refuses the agent beside the nested server, or does not publish its bundle there: the nested server does not start',
  fix: 'add the right to a role of the account, or take the account away where the kubeconfig of the root is for somebody else',
  source: 'pkg/server/plugin/nodeattestor/k8spsat/psat.go Attest; pkg/server/plugin/bundlepublisher/k8sconfigmap',
  check: (system, report) => {
    for (const { upstream, agent } of nestedServers(system)) {
      const root = agent && rootOf(system, upstream.config.text('server_address'));
      const needs = root ? rightsOf(root, agent!) : [];
      const accounts = needs.length > 0 ? accountsWithoutPods(system, agent!.workload!.namespace) : [];
      // The kubeconfig, which names the account, is a Secret: it is known by the rights that nobody else needs.
      const known = accounts.filter(account => needs.some(need => isTelling(need) && mayDo(system, account, need) === true));
      if (known.some(account => needs.every(need => mayDo(system, account, need) !== false) && !isMissing(system, account))) continue;
      for (const account of known) {
        const [binding] = bindingsFor(system, account);
        const lacking = needs.find(need => mayDo(system, account, need) === false);
        report.at(binding, ['subjects'], lacking ? `service account ${account.serviceAccount} may not ${lacking.verb} ${lacking.resource}${lacking.name === undefined ? '' : ` ${lacking.namespace}/${lacking.name}`}`
          : `there is no service account ${account.namespace}/${account.serviceAccount}`);
      }
    }
  },
};

/** What a root does at the API server of a nested cluster, with its kubeconfig. */
function rightsOf(root: System, agent: Agent): Right[] {
  const { clusters, publishers } = readRoot(root);
  const kubeConfig = clusters.get(pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster') ?? '')?.text('kube_config_file');
  return kubeConfig === undefined || kubeConfig === '' ? [] : [
    { group: 'authentication.k8s.io', resource: 'tokenreviews', verb: 'create' },
    { group: '', resource: 'pods', verb: 'get' },
    { group: '', resource: 'nodes', verb: 'get' },
    ...(publishers.get(kubeConfig) ?? []).map(config =>
      ({ group: '', resource: 'configmaps', verb: 'patch', namespace: config.text('namespace'), name: config.text('configmap_name') })),
  ];
}

function isTelling({ resource }: Right): boolean {
  return resource === 'tokenreviews' || resource === 'configmaps';
}

/** Whether nothing defines an account, where the accounts of its namespace are in the input. */
function isMissing(system: System, { namespace, serviceAccount }: Account): boolean {
  return system.all('ServiceAccount').some(one => one.namespace === namespace) && system.find('ServiceAccount', namespace, serviceAccount) === undefined;
}

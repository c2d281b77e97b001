import { asList, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, operationsOf, sourcesOf } from '../../../model/mesh/policy';
import { hasTarget, rootNamespaces } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAmbientL7: Rule = {
  id: 'MESH-AMBIENT-L7',
  level: Level.ERROR,
  title: 'a policy for ztunnel asks for what it does not see',
  why: 'ztunnel knows addresses, ports and identities, not requests: an ALLOW lets nobody in by such a rule, a DENY keeps out nobody, or more than it says; CUSTOM and AUDIT do nothing',
  fix: 'name the waypoint in targetRefs, or the Service behind it',
  source: 'istio pilot/pkg/serviceregistry/ambient/authorization.go',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const action = asText(policy.spec.action) || 'ALLOW';
      if (hasTarget(policy) || !isAmbient(system, policy.namespace)) continue;
      if (!['ALLOW', 'DENY'].includes(action)) {
        if (['CUSTOM', 'AUDIT'].includes(action)) report.at(policy, ['spec', 'action'], `action ${action} in a policy for the pods of the ambient namespace ${policy.namespace}`);
        continue;
      }
      for (const { path, value } of [...operationsOf(policy), ...sourcesOf(policy)]) {
        const name = UNSEEN.find(one => asList(value[one]).length > 0);
        if (name) report.at(policy, [...path, name], `${name} in a policy for the pods of the ambient namespace ${policy.namespace}`);
      }
      for (const { path, value } of conditionsOf(policy)) {
        if (/^request\./.test(asText(value.key))) report.at(policy, path, `${asText(value.key)} in a policy for the pods of the ambient namespace ${policy.namespace}`);
      }
    }
  },
};

const UNSEEN = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts', 'requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'];

/** Whether the pods of a namespace are in the ambient mesh, all of them: none has a sidecar. */
const isAmbient = onceIn((system: System, namespace: string): boolean => {
  const labels = system.labelsOf(namespace) ?? {};
  const isInjecting = labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined;
  if (labels['istio.io/dataplane-mode'] !== 'ambient' || isInjecting || rootNamespaces(system).has(namespace)) return false;
  return !system.workloadsIn(namespace).some(workload => workload.labels['sidecar.istio.io/inject'] === 'true' || workload.labels['istio.io/dataplane-mode'] === 'none');
});

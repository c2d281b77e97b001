import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, Path, asList, asObject, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { hasTarget, selectedBeside, workloadsEverywhere, workloadsWith } from '../../../model/mesh/selection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzNoToken: Rule = {
  id: 'MESH-AUTHZ-NO-TOKEN',
  level: Level.WARNING,
  title: 'a rule asks for a token that nothing verifies',
  why: 'without a RequestAuthentication at the workload no request has a request principal or claims: the rule never matches',
  fix: 'add a RequestAuthentication with the same selector',
  source: 'istio RequestAuthentication',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system).filter(one => one.spec.action !== 'DENY')) {
      const path = tokenPath(policy);
      if (!path || Object.keys(asObject(asObject(policy.spec.selector).matchLabels)).length === 0) continue;
      const selected = selectedBeside(system, policy);
      if (selected.length > 0 && !isVerified(system, selected)) report.at(policy, path, `no RequestAuthentication selects ${selected[0].manifest.kind} ${selected[0].name}`);
    }
    for (const policy of authorizationPolicies(system).filter(one => one.spec.action === 'DENY')) {
      const source = sourcesOf(policy).find(({ value }) => asList(value.notRequestPrincipals).length > 0 && Object.keys(value).length === 1);
      const selected = source ? selectedBeside(system, policy) : [];
      if (source && selected.length > 0 && !isVerified(system, selected)) report.at(policy, [...source.path, 'notRequestPrincipals'], `no RequestAuthentication selects ${selected[0].manifest.kind} ${selected[0].name}: every request is denied`);
    }
  },
};

/** Whether a RequestAuthentication is for one of some pods; many policies select the same ones. */
const isVerified = onceIn((system: System, selected: readonly Workload[]): boolean => selected.some(workload => verified(system).has(workload)));

const verified = once((system: System): Set<Workload> => {
  const roots = ['istio-system', ...system.meshes.map(mesh => asText(mesh.config.value.rootNamespace))];
  const selections = system.all('RequestAuthentication').map(request => {
    const labels = hasTarget(request) ? undefined : asObject(request.spec.selector).matchLabels;
    return roots.includes(request.namespace) ? workloadsEverywhere(system, labels) : workloadsWith(system, request.namespace, labels);
  });
  return new Set([...new Set(selections)].flat());
});

function tokenPath(policy: Manifest): Path | undefined {
  const source = sourcesOf(policy).find(({ value }) => asList(value.requestPrincipals).length > 0);
  const condition = conditionsOf(policy).find(({ value }) => asText(value.key).startsWith('request.auth.') && asList(value.values).length > 0);
  return source ? [...source.path, 'requestPrincipals'] : condition?.path;
}

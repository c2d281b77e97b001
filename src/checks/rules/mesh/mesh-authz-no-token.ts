import { selectsLabels } from '../../../model/kubernetes/selector';
import { Manifest, Path, asList, asObject, asRecord, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
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
      const labels = asRecord(asObject(policy.spec.selector).matchLabels);
      const selected = selectedBeside(system, policy);
      if (Object.keys(labels).length === 0 || selected.length === 0) continue;
      const path = tokenPath(policy);
      if (path && !selected.some(workload => isVerified(system, workload.namespace, workload.labels))) report.at(policy, path, `no RequestAuthentication selects ${selected[0].manifest.kind} ${selected[0].name}`);
    }
    for (const policy of authorizationPolicies(system).filter(one => one.spec.action === 'DENY')) {
      const selected = selectedBeside(system, policy);
      const source = sourcesOf(policy).find(({ value }) => asList(value.notRequestPrincipals).length > 0 && Object.keys(value).length === 1);
      const isSeen = selected.length > 0 && !selected.some(workload => isVerified(system, workload.namespace, workload.labels));
      if (source && isSeen) report.at(policy, [...source.path, 'notRequestPrincipals'], `no RequestAuthentication selects ${selected[0].manifest.kind} ${selected[0].name}: every request is denied`);
    }
  },
};

function isVerified(system: System, namespace: string, labels: Record<string, string>): boolean {
  const roots = ['istio-system', ...system.meshes.map(mesh => asText(mesh.config.value.rootNamespace))];
  const near = system.all('RequestAuthentication').filter(request => request.namespace === namespace || roots.includes(request.namespace));
  return near.some(({ spec }) => spec.targetRefs !== undefined || spec.targetRef !== undefined
    || selectsLabels(asObject(spec.selector).matchLabels, labels));
}

function tokenPath(policy: Manifest): Path | undefined {
  const source = sourcesOf(policy).find(({ value }) => asList(value.requestPrincipals).length > 0);
  const condition = conditionsOf(policy).find(({ value }) => asText(value.key).startsWith('request.auth.') && asList(value.values).length > 0);
  return source ? [...source.path, 'requestPrincipals'] : condition?.path;
}

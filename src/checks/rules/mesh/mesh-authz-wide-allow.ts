import { collect } from '../../../model/collect';
import { Manifest, asList, asObject, asObjects, asTexts } from '../../../model/manifest';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasTarget, selectedBeside } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzWideAllow: Rule = {
  id: 'MESH-AUTHZ-WIDE-ALLOW',
  level: Level.WARNING,
  title: 'a wide ALLOW policy undoes the narrow ones',
  why: 'ALLOW policies add up: what one lets in, no other can keep out, and a condition restricts only its own rule',
  fix: 'give it a selector and principals, or write what must not be as DENY',
  source: 'istio AuthorizationPolicy',
  check: (system, report) => {
    const allows = allowPolicies(system);
    const everywhere = (policy: Manifest): boolean => ['selector', 'targetRefs', 'targetRef'].every(field => policy.spec[field] === undefined);
    const isNarrow = ({ spec }: Manifest): boolean => spec.selector !== undefined && asList(spec.rules).length > 0;
    const narrowed = new Set(allows.filter(isNarrow).map(({ namespace }) => namespace));
    for (const policy of allows.filter(everywhere)) {
      const narrow = narrowed.has(policy.namespace);
      const wide = asObjects(policy.spec.rules).findIndex(rule => isWide(rule));
      if (narrow && wide >= 0) report.at(policy, ['spec', 'rules', wide], 'the rule lets in whole namespaces or everybody, on every workload of the namespace');
    }
    for (const policy of allows.filter(one => one.spec.selector !== undefined)) {
      const open = asObjects(policy.spec.rules).findIndex(isOpen);
      if (open < 0) continue;
      const selected = new Set(selectedBeside(system, policy));
      const narrow = narrowPolicies(system).get(policy.namespace) ?? [];
      const undone = narrow.find(other => selectedBeside(system, other).some(workload => selected.has(workload)));
      if (undone) report.at(policy, ['spec', 'rules', open], `the rule lets in everybody, so that ${undone.name} restricts nothing`);
    }
  },
};

const allowPolicies = once((system: System) => authorizationPolicies(system).filter(policy => (policy.spec.action ?? 'ALLOW') === 'ALLOW'));

/** The policies that let in some requests only, by namespace. */
const narrowPolicies = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const policy of allowPolicies(system)) {
    const rules = asObjects(policy.spec.rules);
    if (hasTarget(policy) || rules.length === 0 || rules.some(isOpen)) continue;
    collect(found, policy.namespace, policy);
  }
  return found;
});

/** Whether a rule takes every request. */
function isOpen({ from, to, when }: ReturnType<typeof asObject>): boolean {
  return [from, to, when].every(list => asList(list).length === 0);
}

/** Whether a rule names no single caller and no single operation. */
function isWide(rule: ReturnType<typeof asObject>): boolean {
  const sources = asObjects(rule.from).map(from => asObject(from.source));
  const anyone = sources.length === 0 || sources.some(source => {
    const principals = asTexts(source.principals);
    return principals.length > 0 ? principals.some(principal => principal.endsWith('*')) : asList(source.serviceAccounts).length === 0 && asList(source.ipBlocks).length === 0;
  });
  return anyone && !asObjects(rule.to).some(to => asList(asObject(to.operation).paths).length > 0);
}

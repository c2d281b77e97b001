import { isDeepStrictEqual } from 'node:util';
import { Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { fullName } from '../../../model/mesh/hosts';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const meshTwoDestinationRules: Rule = {
  id: 'MESH-TWO-DESTINATION-RULES',
  level: Level.WARNING,
  title: 'two DestinationRules for one host contradict each other',
  why: 'istiod joins them: of two traffic policies, or two subsets of one name, only that of the older rule has an effect',
  fix: 'put the policy and the subsets of a host into one DestinationRule',
  source: 'istio pilot/pkg/model/destination_rule.go, mergeDestinationRule',
  check: (system, report) => {
    for (const [first, ...others] of rulesByHost(system)) {
      for (const other of others) tell(report, first, other);
    }
  },
};

/** Rules that istiod joins: of one namespace and host, exported to the same namespaces, for the same clients. */
function rulesByHost(system: System): Iterable<Manifest[]> {
  const found = new Map<string, Manifest[]>();
  for (const rule of system.all('DestinationRule').filter(({ group, spec }) => group === 'networking.istio.io' && asText(spec.host) !== '')) {
    const { host, exportTo, workloadSelector } = rule.spec;
    const key = JSON.stringify([rule.namespace, fullName(asText(host), rule.namespace), asTexts(exportTo).sort(), asObject(workloadSelector)]);
    const list = found.get(key);
    // Files with the same name are variants of one object, of which one is applied.
    if (!list) found.set(key, [rule]);
    else if (list.every(({ name }) => name !== rule.name)) list.push(rule);
  }
  return found.values();
}

function tell(report: Report, first: Manifest, second: Manifest): void {
  const [policy, before] = [second.spec.trafficPolicy, first.spec.trafficPolicy];
  if (Object.keys(asObject(policy)).length > 0 && Object.keys(asObject(before)).length > 0 && !isDeepStrictEqual(policy, before)) {
    report.at(second, ['spec', 'trafficPolicy'], `host ${asText(second.spec.host)} has the trafficPolicy of DestinationRule ${first.name} already`);
  }
  const subsets = asObjects(first.spec.subsets);
  asObjects(second.spec.subsets).forEach((subset, i) => {
    const other = subsets.find(one => one.name === subset.name);
    if (other && !isDeepStrictEqual(other, subset)) report.at(second, ['spec', 'subsets', i], `DestinationRule ${first.name} has a subset ${asText(subset.name)} already`);
  });
}

import { subsetName } from './destinations';
import { exportToProblems } from './export-to';
import { doubleNames } from './lists';
import { Judges, Problem, problemsOf } from '../places';
import { selectorProblems } from './selected-labels';
import { trafficPolicyProblems } from './traffic-policy';
import { below, isGiven, labels, wildcardDomain } from './values';
import { Manifest } from '../../../model/manifest';

const DESTINATION_RULE: Judges = {
  'host': wildcardDomain,
  'subsets': doubleNames('subset'),
  'subsets.*.name': subsetName,
  'subsets.*.labels': labels,
  'trafficPolicy': trafficPolicyProblems,
  'subsets.*.trafficPolicy': trafficPolicyProblems,
  'workloadSelector.matchLabels': selectorProblems,
};

/** What Istio refuses in the spec of a DestinationRule; what is wrong about its certificates is told elsewhere. */
export function destinationRuleProblems({ spec, namespace }: Manifest): Problem[] {
  const exported = exportToProblems(spec.exportTo, { namespace, isForPods: isGiven(spec.workloadSelector) });
  return [...problemsOf(DESTINATION_RULE, spec, ['spec']), ...below(['spec', 'exportTo'], exported)];
}

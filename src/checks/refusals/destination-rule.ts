import { subsetName } from './destinations';
import { exportToProblems } from './export-to';
import { doubleNames } from './lists';
import { Judges, Problem, problemsOf } from './places';
import { selectorProblems } from './selected-labels';
import { trafficPolicyProblems } from './traffic-policy';
import { labels, wildcardDomain } from './values';
import { Manifest } from '../../model/manifest';

/** What Istio refuses in the spec of a DestinationRule; what is wrong about its certificates is told elsewhere. */
export function destinationRuleProblems({ spec, namespace }: Manifest): Problem[] {
  const isForPods = spec.workloadSelector !== undefined && spec.workloadSelector !== null;
  const judges: Judges = {
    'host': wildcardDomain,
    'subsets': doubleNames('subset'),
    'subsets.*.name': subsetName,
    'subsets.*.labels': labels,
    'trafficPolicy': trafficPolicyProblems,
    'subsets.*.trafficPolicy': trafficPolicyProblems,
    'exportTo': entries => exportToProblems(entries, { namespace, isForPods }),
    'workloadSelector.matchLabels': selectorProblems,
  };
  return problemsOf(judges, spec, ['spec']);
}

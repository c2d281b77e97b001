import { SELECTOR, below, condition, filled, labelName, labelValue, labels, positive, qualifiedName, within, words } from './forms';
import { Json, asText } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const NODES: Judges = {
  'matchExpressions.*': condition(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  'matchExpressions.*.key': qualifiedName,
  'matchExpressions.*.values.*': labelValue,
};
const PODS: Judges = {
  'topologyKey': qualifiedName,
  'namespaces.*': labelName,
  ...below('labelSelector|namespaceSelector', SELECTOR),
};
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const HONOR = words('Honor', 'Ignore');

/** Where a pod says it wants to run. */
export const SCHEDULING: Judges = {
  'nodeSelector': labels,
  'tolerations.*': tolerationProblems,
  'tolerations.*.key': qualifiedName,
  'tolerations.*.value': labelValue,
  'tolerations.*.operator': words('Exists', 'Equal', 'Gt', 'Lt'),
  'tolerations.*.effect': words('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  'topologySpreadConstraints.*.maxSkew|minDomains': positive,
  'topologySpreadConstraints.*.matchLabelKeys.*': qualifiedName,
  'topologySpreadConstraints.*.whenUnsatisfiable': words('DoNotSchedule', 'ScheduleAnyway'),
  'topologySpreadConstraints.*.nodeAffinityPolicy|nodeTaintsPolicy': HONOR,
  ...below('topologySpreadConstraints.*.labelSelector', SELECTOR),
  [`affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`]: filled,
  ...below(`affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms.*`, NODES),
  ...below(`affinity.nodeAffinity.${PREFERRED}.*.preference`, NODES),
  ...below(`affinity.podAffinity|podAntiAffinity.${REQUIRED}.*`, PODS),
  ...below(`affinity.podAffinity|podAntiAffinity.${PREFERRED}.*.podAffinityTerm`, PODS),
  [`affinity.nodeAffinity|podAffinity|podAntiAffinity.${PREFERRED}.*.weight`]: within(1, 100),
};

function tolerationProblems({ key, operator, value, effect, tolerationSeconds }: Json): Problem[] {
  const [found, name, text] = [[] as Problem[], asText(key), asText(value)];
  if (name === '' && operator !== 'Exists') found.push([[], 'has no key: operator Exists is wanted, which tolerates all taints']);
  if (operator === 'Exists' && text !== '') found.push([['value'], 'may not stand beside operator Exists, which asks for the key alone']);
  if (tolerationSeconds !== undefined && tolerationSeconds !== null && !['NoExecute', ''].includes(asText(effect))) {
    found.push([['tolerationSeconds'], `may not stand beside effect ${asText(effect)}: they are for NoExecute`]);
  }
  return found;
}

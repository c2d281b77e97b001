import { Judges, Problem, isUnset } from './places';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObject, asText } from '../../model/manifest';

const LONGEST_VALUE = 63;

/** How an object of Istio may say which workloads, gateways or waypoints it is for, beside stars, which MESH-SELECTOR-STAR tells of. */
export const TARGETS: Judges = {
  'selector.matchLabels': ofLabels,
  'targetRef': ofTarget,
  'targetRefs.*': ofTarget,
  'targetRefs': list => Array.isArray(list) && list.length > 16 ? `targetRefs has ${list.length} entries: 16 are taken at most` : undefined,
};

/** How a Sidecar or an EnvoyFilter may say which workloads it is for. */
export const WORKLOADS: Judges = {
  'workloadSelector.labels': ofLabels,
};

function ofLabels(labels: Json): Problem[] {
  return Object.keys(asObject(labels)).flatMap((key): Problem[] => {
    const value = asText(labels[key]);
    if (isFilledIn(key) || isFilledIn(value)) return [];
    if (key === '') return [[[key], 'a label of the selector has no name']];
    return value.length > LONGEST_VALUE ? [[[key], `the value of label ${key} has ${value.length} characters: ${LONGEST_VALUE} are taken at most`]] : [];
  });
}

/** Kinds by group; the empty group is Kubernetes' own. */
const TARGET_KINDS = new Map([
  ['', ['Service']],
  ['core', ['Service']],
  ['networking.istio.io', ['ServiceEntry']],
  ['gateway.networking.k8s.io', ['Gateway', 'GatewayClass']],
]);
const TAKEN = 'Service of group "", ServiceEntry of networking.istio.io, and Gateway and GatewayClass of gateway.networking.k8s.io';

function ofTarget(target: Json): Problem[] {
  const [group, kind] = [asText(target.group), asText(target.kind)];
  const found: Problem[] = [];
  if (target.name === '') found.push([['name'], 'targetRef has an empty name']);
  if (!isUnset(target.namespace)) found.push([['namespace'], 'targetRef has a namespace: it names what is in the own namespace only']);
  const isTaken = isFilledIn(group) || isFilledIn(kind) || target.kind === undefined || TARGET_KINDS.get(group)?.includes(kind);
  return isTaken ? found : [...found, [[], `targetRef is to kind "${kind}" of group "${group}": ${TAKEN} are taken`]];
}

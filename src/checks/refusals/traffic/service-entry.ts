import { exportToProblems } from './export-to';
import { doubleNames } from './lists';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { resolutionProblems } from './resolutions';
import { selectorProblems } from './selected-labels';
import { below, isGiven, isOpen, labels, port } from './values';
import { Json, Manifest } from '../../../model/manifest';
import { portNameRefusal, protocolRefusal } from '../../../model/mesh/refused-forms';
import { rangeRefusal, wildcardDomainRefusal } from '../../../model/mesh/refused-values';

const SERVICE_ENTRY: Judges = {
  '': wholeProblems,
  'hosts.*': text(host => host === '*' ? undefined : wildcardDomainRefusal(host)),
  'addresses.*': text(rangeRefusal),
  'ports': list => [...doubleNames('port')(list), ...doubleNames('port', 'number')(list)],
  'ports.*.name': text(portNameRefusal),
  'ports.*.protocol': text(protocolRefusal),
  'ports.*.number': port,
  'ports.*.targetPort': value => value === 0 ? undefined : port(value),
  'endpoints.*.labels': labels,
  'endpoints.*.ports.*': port,
  'endpoints.*.weight': value => typeof value === 'number' && value < 0 ? `weight ${value} is below 0` : undefined,
  'workloadSelector.labels': selectorProblems,
};

/** What Istio refuses in a ServiceEntry; that endpoints do not fit it is told elsewhere, too. */
export function serviceEntryProblems({ spec, namespace, labels: own }: Manifest): Problem[] {
  return [
    ...problemsOf(SERVICE_ENTRY, spec, ['spec']),
    ...below(['spec', 'exportTo'], exportToProblems(spec.exportTo, { namespace, mayBeForNobody: true })),
    ...isOpen(spec) ? [] : resolutionProblems(spec, own),
  ];
}

function wholeProblems(spec: Json): Problem[] {
  if (isOpen(spec)) return [];
  const noHost = Array.isArray(spec.hosts) && spec.hosts.length === 0 ? [[['hosts'], 'the ServiceEntry has no hosts'] as Problem] : [];
  const isTwice = isGiven(spec.workloadSelector) && !isUnset(spec.endpoints);
  return isTwice ? [...noHost, [['endpoints'], 'workloadSelector and endpoints exclude each other']] : noHost;
}
